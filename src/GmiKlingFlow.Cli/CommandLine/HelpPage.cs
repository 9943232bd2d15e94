using System.CommandLine;
using System.CommandLine.Invocation;
using GmiKlingFlow.Cli.Output;

namespace GmiKlingFlow.Cli.CommandLine;

/// <summary>The help of a command: what it does, how it is written, examples, then every option.</summary>
internal sealed class HelpPage(Terminal terminal) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        new HelpLayout(terminal).Write(Sheet(parseResult.CommandResult.Command));
        return 0;
    }

    public static HelpSheet Sheet(Command command)
    {
        var examples = command is IHasExamples { Examples: var given } ? given : [];
        return new HelpSheet(
            command.Description ?? "",
            CommandForms.Usage(command),
            [
                Section("Examples", examples.Select(static e => new HelpRow(e.CommandLine, e.Does))),
                Section("Commands", command.Subcommands.Where(static c => !c.Hidden).Select(static c => new HelpRow(c.Name + CommandForms.Arguments(c), Summary(c)))),
                Section("Arguments", command.Arguments.Select(static a => new HelpRow(CommandForms.Name(a), a.Description ?? ""))),
                Section("Options", CommandForms.OwnOptions(command).Select(option => Row(option, command))),
                Section("Options of all commands", CommandForms.CommonOptions(command).Select(option => Row(option, command))),
            ],
            command is RootCommand ? RootHelp.Ends() : []);
    }

    private static HelpSection Section(string title, IEnumerable<HelpRow> rows) => new(title, [.. rows]);

    private static string Summary(Command command) => (command.Description ?? "").Split('\n', 2)[0];

    private static HelpRow Row(Option option, Command command) => new(CommandForms.Names(option, command), CommandForms.Description(option, command));
}
