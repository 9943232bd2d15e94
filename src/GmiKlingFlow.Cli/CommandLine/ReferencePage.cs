using System.CommandLine;
using System.Globalization;
using System.Text;
using GmiKlingFlow.Cli.Hosting;

namespace GmiKlingFlow.Cli.CommandLine;

/// <summary>The reference of the command line as Markdown, made from the commands as they are: <c>src/GmiKlingFlow.Cli/README.md</c>.</summary>
internal static class ReferencePage
{
    /// <param name="root">With every command made in full.</param>
    public static string Markdown(RootCommand root)
    {
        var page = new StringBuilder();
        var commands = root.Subcommands.Where(static command => !command.Hidden).ToList();
        page.Append("<!-- Made from the program's commands: bash tests/update-docs.sh writes it anew. -->\n\n# gkflow\n\n");
        page.Append(CultureInfo.InvariantCulture, $"{Text(root.Description)}\n\n```text\n{CommandForms.Usage(root)}\n```\n\n");
        page.Append("| Command | Does |\n|---|---|\n");
        foreach (var command in commands)
        {
            page.Append(CultureInfo.InvariantCulture, $"| [`{command.Name}{CommandForms.Arguments(command)}`](#gkflow-{command.Name}) | {Text((command.Description ?? "").Split('\n')[0])} |\n");
        }

        page.Append("\nStandard output carries what was asked for; messages and progress go to standard error.\n");
        Options(page, "## Options of all commands", [.. CommandForms.CommonOptions(root), .. CommandForms.OwnOptions(root)], root);
        Rows(page, "## Exit codes", "Code", ExitMeanings.All.Select(static exit => (exit.Code.ToString(CultureInfo.InvariantCulture), exit.Means)));
        Rows(page, "## Environment", "Variable", EnvironmentVariables.All.Select(static variable => ($"`{variable.Name}`", variable.Means)));
        commands.ForEach(command => Section(page, command));
        return page.ToString();
    }

    private static void Section(StringBuilder page, Command command)
    {
        var description = (command.Description ?? "").Split('\n');
        page.Append(CultureInfo.InvariantCulture, $"\n## gkflow {command.Name}\n\n**Name** · `gkflow {command.Name}`: {Text(description[0])}\n\n**Synopsis**\n\n```text\n{CommandForms.Usage(command)}\n```\n");
        if (description.Length > 1)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n**Description**\n\n{Text(string.Join(' ', description[1..]))}\n");
        }

        Rows(page, "**Arguments**", "Argument", command.Arguments.Select(static argument => ($"`{CommandForms.Name(argument)}`", argument.Description ?? "")));
        IEnumerable<Option> format = CommandForms.CommonOptions(command).Where(static option => option.Name == "--format");
        Options(page, "**Options**, besides those of all commands", [.. format, .. CommandForms.OwnOptions(command)], command);
        Rows(page, "**Exit codes**", "Code", ExitMeanings.Of(command.Name).Select(static exit => (exit.Code.ToString(CultureInfo.InvariantCulture), exit.Means)));
        page.Append(CultureInfo.InvariantCulture, $"\n**Environment** · {string.Join(", ", EnvironmentVariables.Of(command.Name).Select(static variable => $"`{variable.Name}`"))}\n");
        if (command is IHasExamples { Examples: { Count: > 0 } examples })
        {
            page.Append("\n**Examples**\n\n```sh\n");
            foreach (var example in examples)
            {
                page.Append(CultureInfo.InvariantCulture, $"# {example.Does}\n{example.CommandLine}\n");
            }

            page.Append("```\n");
        }
    }

    private static void Options(StringBuilder page, string title, IReadOnlyList<Option> options, Command command)
    {
        if (options.Count == 0)
        {
            return;
        }

        page.Append(CultureInfo.InvariantCulture, $"\n{title}\n\n| Option | Meaning | Default |\n|---|---|---|\n");
        foreach (var option in options)
        {
            var (means, ifLeftOut) = Split(CommandForms.Description(option, command));
            page.Append(CultureInfo.InvariantCulture, $"| `{Cell(CommandForms.Names(option, command))}` | {Cell(Text(means))} | {Cell(Text(ifLeftOut ?? "off"))} |\n");
        }
    }

    private static (string Means, string? Default) Split(string description)
    {
        const string Mark = "Default: ";
        var at = description.IndexOf(Mark, StringComparison.Ordinal);
        return at < 0 ? (description, null) : (description[..at].TrimEnd(), description[(at + Mark.Length)..].TrimEnd('.'));
    }

    private static void Rows(StringBuilder page, string title, string head, IEnumerable<(string Left, string Right)> rows)
    {
        var list = rows.ToList();
        if (list.Count > 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n{title}\n\n| {head} | Meaning |\n|---|---|\n");
            list.ForEach(row => page.Append(CultureInfo.InvariantCulture, $"| {Cell(row.Left)} | {Cell(Text(row.Right))} |\n"));
        }
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    // A description is plain text: what Markdown would read in it stays as it is written.
    private static string Text(string? text) => (text ?? "").Replace("*", "\\*", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
