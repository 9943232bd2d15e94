using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Completion;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Output;

namespace GmiKlingFlow.Cli.Commands;

/// <summary>The root: knows every command by name, and makes the ones a command line speaks of.</summary>
internal static class GkflowCommand
{
    public const string Version = "0.1.0";

    private const string Description =
        "Lip-sync video as code: checks flows (YAML), shows what they would send and cost, sends it through GMI Cloud's queue, downloads the videos.";

    private static readonly Making[] Commands =
    [
        new(InitCommand.CommandName, static (context, common) => new InitCommand(context, common)),
        new(ValidateCommand.CommandName, static (context, common) => new ValidateCommand(context, common)),
        new(PlanCommand.CommandName, static (context, common) => new PlanCommand(context, common)),
        new(WatchCommand.CommandName, static (context, common) => new WatchCommand(context, common)),
        new(IdentifyCommand.CommandName, static (context, common) => new IdentifyCommand(context, common)),
        new(RunCommand.CommandName, static (context, common) => new RunCommand(context, common)),
        new(MergeCommand.CommandName, static (context, common) => new MergeCommand(context, common)),
        new(StatusCommand.CommandName, static (context, common) => new StatusCommand(context, common)),
        new(SettleCommand.CommandName, static (context, common) => new SettleCommand(context, common)),
        new(PreviewCommand.CommandName, static (context, common) => new PreviewCommand(context, common)),
        new(VerifyCommand.CommandName, static (context, common) => new VerifyCommand(context, common)),
        new(ReportCommand.CommandName, static (context, common) => new ReportCommand(context, common)),
        new(DoctorCommand.CommandName, static (context, common) => new DoctorCommand(context, common)),
        new(SimulateCommand.CommandName, static (context, common) => new SimulateCommand(context, common)),
        new(ExplainCommand.CommandName, static (context, common) => new ExplainCommand(context, common)),
        new(SchemaCommand.CommandName, static (context, common) => new SchemaCommand(context, common)),
        new(CompletionCommand.CommandName, static (context, common) => new CompletionCommand(context, common)),
    ];

    /// <param name="args">Decides which commands are made in full: making all of them costs a validate a tenth of its time.</param>
    public static RootCommand Create(ProgramContext context, IReadOnlyList<string> args)
    {
        var root = new RootCommand(Description);
        var common = new CommonOptions();
        common.AddTo(root);
        var named = Array.FindIndex(Commands, command => args.Contains(command.Name, StringComparer.Ordinal));
        foreach (var (name, make) in Commands)
        {
            root.Subcommands.Add(named >= 0 && !args.Contains(name, StringComparer.Ordinal) ? new Command(name) : make(context, common));
        }

        foreach (var option in root.Options)
        {
            // The parser's own extra names of --help: completion would offer them, and "/h" is a path.
            foreach (var alias in (string[])["-?", "/?", "/h"])
            {
                option.Aliases.Remove(alias);
            }

            option.Action = option switch
            {
                HelpOption => new HelpPage(context.Terminal),
                VersionOption => new VersionLine(context.Terminal),
                _ => option.Action,
            };
        }

        foreach (var directive in root.Directives.OfType<SuggestDirective>())
        {
            directive.Action = new CompletionAnswer(context, common, root);
        }

        return root;
    }

    private sealed record Making(string Name, Func<ProgramContext, CommonOptions, Command> Make);

    private sealed class VersionLine(Terminal terminal) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            terminal.Data.WriteLine($"gkflow {Version}");
            return ExitCodes.Done;
        }
    }
}
