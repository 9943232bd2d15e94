using GmiKlingFlow.Cli.Hosting;

return CommandHost.RunProcess(args);
