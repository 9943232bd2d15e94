using GmiKlingFlow.Cli.Hosting;

return await CommandHost.RunProcessAsync(args);
