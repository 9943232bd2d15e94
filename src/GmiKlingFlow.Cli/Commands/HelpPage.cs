using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using GmiKlingFlow.Cli.Output;

namespace GmiKlingFlow.Cli.Commands;

/// <summary>Prints a command's help to standard output: what it does, how it is written, examples, then every option.</summary>
internal sealed class HelpPage(Terminal terminal) : SynchronousCommandLineAction
{
    private const int NarrowestText = 30;

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
        page.WriteLine($"Usage: {CommandLineProblems.Typed(command)}{(isRoot ? " COMMAND" : "")}{string.Concat(command.Arguments.Select(ArgumentUsage))} [OPTIONS]");
        if (command is IHasExamples { Examples: { Count: > 0 } examples })
        {
            WriteRows("Examples", examples.Select(static e => (e.CommandLine, e.Does)));
        }

        WriteRows("Commands", command.Subcommands.Where(static c => !c.Hidden).Select(static c => (c.Name + string.Concat(c.Arguments.Select(ArgumentUsage)), Summary(c))));
        WriteRows("Arguments", command.Arguments.Select(static a => (a.HelpName ?? a.Name, a.Description ?? "")));
        WriteRows("Options", command.Options.Where(static o => !o.Hidden && !o.Recursive).Select(OptionRow));
        var common = command.Options.Concat(command.Parents.OfType<Command>().SelectMany(static p => p.Options)).Where(static o => !o.Hidden && o.Recursive);
        WriteRows("Options of all commands", common.DistinctBy(static o => o.Name).Select(OptionRow));
        if (isRoot)
        {
            page.WriteLine();
            page.WriteLine("Environment: GMI_API_KEY, GMI_ORG_ID, GMI_BASE_URL, NO_COLOR, CI.");
            page.WriteLine("\"gkflow COMMAND --help\" shows a command's own options and examples.");
        }
    }

    private static string Summary(Command command) => (command.Description ?? "").Split('\n', 2)[0];

    private static string ArgumentUsage(Argument argument)
    {
        var name = argument.HelpName ?? argument.Name;
        var shown = argument.Arity.MaximumNumberOfValues > 1 ? $"{name}..." : name;
        return argument.Arity.MinimumNumberOfValues == 0 ? $" [{shown}]" : $" {shown}";
    }

    private static (string Left, string Right) OptionRow(Option option)
    {
        var names = string.Join(", ", option.Aliases.Where(static a => a.StartsWith('-') && a != "-?").OrderBy(static a => a.Length).Append(option.Name).Distinct());
        return (option is CheckedOption ? $"{names} {option.HelpName}" : names, option switch
        {
            HelpOption => "Shows this page.",
            VersionOption => "Shows the version.",
            _ => option.Description ?? "",
        });
    }

    private void WriteRows(string title, IEnumerable<(string Left, string Right)> rows)
    {
        var list = rows.ToList();
        if (list.Count == 0)
        {
            return;
        }

        terminal.Data.WriteLine();
        terminal.Data.WriteLine($"{title}:");
        var column = Math.Min(list.Max(static r => r.Left.Length) + 4, terminal.Traits.Width / 3);
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
        var width = Math.Max(NarrowestText, Math.Min(terminal.Traits.Width, 100) - indent - 1);
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
