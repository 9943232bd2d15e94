using System.Globalization;
using System.Text;
using GmiKlingFlow.Cli.Output.Plans;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Cli.Output;

/// <summary>What is wrong with flows, as a table for GitHub's step summary.</summary>
internal static class DiagnosticMarkdown
{
    private const int MostCharacters = 200_000;

    /// <param name="verdict">In one line.</param>
    public static string Of(string verdict, IReadOnlyList<Diagnostic> diagnostics)
    {
        var text = new StringBuilder($"**{MarkdownText.Of(verdict)}**\n\n");
        if (diagnostics.Count == 0)
        {
            return text.ToString();
        }

        text.Append("|  | Code | Place | Problem |\n|---|---|---|---|\n");
        foreach (var (index, diagnostic) in diagnostics.Index())
        {
            var row = Row(diagnostic);
            if (text.Length + row.Length > MostCharacters)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n{diagnostics.Count - index} more are not listed: there is no room for them.\n");
                break;
            }

            text.Append(row);
        }

        return text.ToString();
    }

    private static string Row(Diagnostic diagnostic)
    {
        var word = diagnostic.Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "info" };
        var place = diagnostic.Place?.Span is { } span ? MarkdownText.Code(string.Create(CultureInfo.InvariantCulture, $"{span.File}:{span.Line}:{span.Column}")) : "";
        return $"| {word} | {MarkdownText.Code(diagnostic.Code)} | {place} | {MarkdownText.Of(diagnostic.Message)} |\n";
    }
}
