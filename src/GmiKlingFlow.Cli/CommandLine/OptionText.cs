namespace GmiKlingFlow.Cli.CommandLine;

/// <summary>An option in words, without the parser's part.</summary>
/// <param name="value">What stands for its value; null for a switch.</param>
internal sealed class OptionText(string name, string? value, string description)
{
    public string Name => name;

    public string? Value => value;

    public string Description => description;

    public HelpRow Row() => value is null ? new HelpRow(name, description) : new HelpRow($"{name} {value}", WithDefault(description));

    /// <summary>What an option with a value does and what holds without it.</summary>
    public static string WithDefault(string description) =>
        description.Contains("Default:", StringComparison.Ordinal) ? description : $"{description} Default: none.";
}
