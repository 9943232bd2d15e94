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

    public const string Description =
        "Lip-sync video as code: checks flows (YAML), shows what they would send and cost, sends it through GMI Cloud's queue, downloads the videos.";

    /// <param name="args">Decides which commands are made in full: making all of them costs a validate a tenth of its time.</param>
    public static RootCommand Create(ProgramContext context, IReadOnlyList<string> args)
    {
        var root = new RootCommand(Description);
        var common = new CommonOptions();
        common.AddTo(root);
        var isNamed = CommandWord.All.Any(command => args.Contains(command.Name, StringComparer.Ordinal));
        foreach (var command in CommandWord.All)
        {
            root.Subcommands.Add(isNamed && !args.Contains(command.Name, StringComparer.Ordinal) ? new Command(command.Name) : Make(command.Name, context, common));
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

    public static void WriteVersion(Terminal terminal) => terminal.Data.WriteLine($"gkflow {Version}");

    private static Command Make(string name, ProgramContext context, CommonOptions common) => name switch
    {
        InitCommand.CommandName => new InitCommand(context, common),
        ValidateCommand.CommandName => new ValidateCommand(context, common),
        PlanCommand.CommandName => new PlanCommand(context, common),
        WatchCommand.CommandName => new WatchCommand(context, common),
        IdentifyCommand.CommandName => new IdentifyCommand(context, common),
        RunCommand.CommandName => new RunCommand(context, common),
        MergeCommand.CommandName => new MergeCommand(context, common),
        StatusCommand.CommandName => new StatusCommand(context, common),
        SettleCommand.CommandName => new SettleCommand(context, common),
        PreviewCommand.CommandName => new PreviewCommand(context, common),
        VerifyCommand.CommandName => new VerifyCommand(context, common),
        ReportCommand.CommandName => new ReportCommand(context, common),
        DoctorCommand.CommandName => new DoctorCommand(context, common),
        SimulateCommand.CommandName => new SimulateCommand(context, common),
        ExplainCommand.CommandName => new ExplainCommand(context, common),
        SchemaCommand.CommandName => new SchemaCommand(context, common),
        CompletionCommand.CommandName => new CompletionCommand(context, common),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such command."),
    };

    private sealed class VersionLine(Terminal terminal) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            WriteVersion(terminal);
            return ExitCodes.Done;
        }
    }
}
