namespace GmiKlingFlow.Cli.CommandLine;

/// <summary>A page of help before it is laid out.</summary>
/// <param name="Sections">Without rows they are left out.</param>
/// <param name="Ends">What stands below all sections.</param>
internal sealed record HelpSheet(string Description, string Usage, IReadOnlyList<HelpSection> Sections, IReadOnlyList<string> Ends);

internal sealed record HelpSection(string Title, IReadOnlyList<HelpRow> Rows);

/// <param name="Left">What is typed.</param>
/// <param name="Right">What it means.</param>
internal sealed record HelpRow(string Left, string Right);
