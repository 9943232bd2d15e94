using System.CommandLine;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Cli.CommandLine;

/// <summary>An option whose values are checked before any command runs, so that all mistakes of a command line are told together.</summary>
/// <remarks>All options take text: the parser's own conversions speak of .NET types and need code compiled at start.</remarks>
internal sealed class CheckedOption : Option<string[]>
{
    private readonly Func<string, Diagnostic?>? check;

    private CheckedOption(string name, string description, string valueName, bool repeatable, Func<string, Diagnostic?>? check)
        : base(name)
    {
        this.check = check;
        Description = description;
        HelpName = valueName;
        IsRepeatable = repeatable;

        // More than one is let through here and refused by CommandLineProblems, in our own words.
        Arity = new ArgumentArity(1, 100_000);
        AllowMultipleArgumentsPerToken = false;
    }

    public bool IsRepeatable { get; }

    public Diagnostic? Check(string value) => check?.Invoke(value);

    public static CheckedOption Text(string name, string valueName, string description, Func<string, Diagnostic?>? check = null) =>
        new(name, description, valueName, repeatable: false, check);

    public static CheckedOption Repeated(string name, string valueName, string description, Func<string, Diagnostic?>? check = null) =>
        new(name, description, valueName, repeatable: true, check);

    public static CheckedOption Text(OptionText text) => Text(text.Name, text.Value ?? "", text.Description);

    public static CheckedOption Repeated(OptionText text, Func<string, Diagnostic?>? check = null) => Repeated(text.Name, text.Value ?? "", text.Description, check);

    /// <summary>One of a few words; they are offered by completion.</summary>
    public static CheckedOption Choice(string name, string description, params string[] choices)
    {
        var option = Text(name, string.Join('|', choices), description, value => OneOf(name, value, choices));
        option.CompletionSources.Add(choices);
        return option;
    }

    public static CheckedOption Count(string name, string valueName, string description, int lowest, int highest) =>
        Text(name, valueName, description, value => CommandLineValues.Count(value) is { } count && count >= lowest && count <= highest
            ? null
            : CommandLineDiagnostics.NotACount(name, value, lowest, highest));

    /// <returns>The last value given; null when the option is absent.</returns>
    public string? In(ParseResult parse) => parse.GetValue(this) is [.., var last] ? last : null;

    public string[] AllIn(ParseResult parse) => parse.GetValue(this) ?? [];

    public static Diagnostic? OneOf(string option, string value, IReadOnlyList<string> choices) =>
        choices.Contains(value, StringComparer.Ordinal)
            ? null
            : CommandLineDiagnostics.NotAChoice(option, value, string.Join(", ", choices), NearestName.Of(value, choices));
}
