using System.CommandLine;
using System.CommandLine.Invocation;
using GmiKlingFlow.Cli.Output;

namespace GmiKlingFlow.Cli.CommandLine;

/// <summary>Prints a command's help to standard output: what it does, how it is written, examples, then every option.</summary>
internal sealed class HelpPage(Terminal terminal) : SynchronousCommandLineAction
{
    private const int NarrowestText = 20;
    private const int Widest = 100;

    /// <summary>Below this there is no room for two columns: each text stands under what it explains.</summary>
    private const int Narrow = 60;
    private const int NarrowIndent = 6;

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        Write(parseResult.CommandResult.Command);
        return 0;
    }

    private void Write(Command command)
    {
        var page = terminal.Data;
        var isRoot = command is RootCommand;
        WriteText(command.Description ?? "", indent: 0);
        page.WriteLine();
        WriteText($"Usage: {CommandForms.Usage(command)}", indent: 0);
        if (command is IHasExamples { Examples: { Count: > 0 } examples })
        {
            WriteRows("Examples", examples.Select(static e => (e.CommandLine, e.Does)));
        }

        WriteRows("Commands", command.Subcommands.Where(static c => !c.Hidden).Select(static c => (c.Name + CommandForms.Arguments(c), Summary(c))));
        WriteRows("Arguments", command.Arguments.Select(static a => (CommandForms.Name(a), a.Description ?? "")));
        WriteRows("Options", CommandForms.OwnOptions(command).Select(option => Row(option, command)));
        WriteRows("Options of all commands", CommandForms.CommonOptions(command).Select(option => Row(option, command)));
        if (isRoot)
        {
            page.WriteLine();
            WriteText($"Environment: {string.Join(", ", EnvironmentVariables.All.Select(static variable => variable.Name))}.", indent: 0);
            WriteText("\"gkflow COMMAND --help\" shows a command's own options and examples.", indent: 0);
        }
    }

    private static string Summary(Command command) => (command.Description ?? "").Split('\n', 2)[0];

    private static (string Left, string Right) Row(Option option, Command command) => (CommandForms.Names(option, command), CommandForms.Description(option, command));

    private void WriteRows(string title, IEnumerable<(string Left, string Right)> rows)
    {
        var list = rows.ToList();
        if (list.Count == 0)
        {
            return;
        }

        terminal.Data.WriteLine();
        terminal.Data.WriteLine($"{title}:");
        var column = terminal.Traits.Width < Narrow ? NarrowIndent : Math.Min(list.Max(static r => r.Left.Length) + 4, terminal.Traits.Width / 3);
        foreach (var (left, right) in list)
        {
            terminal.Data.Write($"  {left}");
            if (left.Length + 4 > column)
            {
                terminal.Data.WriteLine();
                terminal.Data.Write(new string(' ', column));
            }
            else
            {
                terminal.Data.Write(new string(' ', column - left.Length - 2));
            }

            WriteText(right, column);
        }
    }

    /// <summary>Wraps a text to the terminal; the first line continues where the cursor stands.</summary>
    private void WriteText(string text, int indent)
    {
        var width = Math.Max(NarrowestText, Math.Min(terminal.Traits.Width, Widest) - indent - 1);
        var first = true;
        foreach (var line in text.Split('\n').SelectMany(paragraph => Wrap(paragraph, width)))
        {
            terminal.Data.WriteLine(first ? line : new string(' ', indent) + line);
            first = false;
        }
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        yield return line;
    }
}
