using System.CommandLine;
using System.CommandLine.Help;

namespace GmiKlingFlow.Cli.CommandLine;

/// <summary>How commands, arguments and options are written and described: the same in help and in the reference.</summary>
internal static class CommandForms
{
    public const string HelpMeans = "Shows this page.";
    public const string VersionMeans = "Shows the version.";

    public static string Usage(Command command) =>
        $"{CommandLineProblems.Typed(command)}{(command is RootCommand ? " COMMAND" : "")}{Arguments(command)} [OPTIONS]";

    public static string Arguments(Command command) => string.Concat(command.Arguments.Select(static argument =>
    {
        var name = Name(argument);
        var shown = argument.Arity.MaximumNumberOfValues > 1 ? $"{name}..." : name;
        return argument.Arity.MinimumNumberOfValues == 0 ? $" [{shown}]" : $" {shown}";
    }));

    public static string Name(Argument argument) => argument.HelpName ?? argument.Name;

    /// <summary>Its names, shortest first, and its value: <c>-h, --help</c>, <c>--out DIR</c>.</summary>
    public static string Names(Option option, Command command)
    {
        var names = string.Join(", ", option.Aliases.Where(static a => a.StartsWith('-') && a != "-?").OrderBy(static a => a.Length).Append(option.Name).Distinct());
        return option is CheckedOption ? $"{names} {(FormatsOf(option, command) is { } formats ? string.Join('|', formats) : option.HelpName)}" : names;
    }

    /// <summary>What it does and what holds without it. A switch without a word about that is off.</summary>
    public static string Description(Option option, Command command) => option switch
    {
        HelpOption => HelpMeans,
        VersionOption => VersionMeans,
        _ when FormatsOf(option, command) is { } formats => $"What standard output carries. Default: {formats[0]}.",
        CheckedOption when option.Description is { } text => OptionText.WithDefault(text),
        _ => option.Description ?? "",
    };

    public static IReadOnlyList<Option> OwnOptions(Command command) => [.. command.Options.Where(static o => !o.Hidden && !o.Recursive)];

    public static IReadOnlyList<Option> CommonOptions(Command command) =>
    [
        .. command.Options.Concat(command.Parents.OfType<Command>().SelectMany(static p => p.Options))
            .Where(static o => !o.Hidden && o.Recursive).DistinctBy(static o => o.Name),
    ];

    private static IReadOnlyList<string>? FormatsOf(Option option, Command command) =>
        option.Name == "--format" && command is CliCommand { KnownFormats: var formats } ? formats : null;
}
