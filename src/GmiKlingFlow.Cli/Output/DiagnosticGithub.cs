using System.Globalization;
using System.Text;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Cli.Output;

/// <summary>Diagnostics as workflow commands, which GitHub Actions shows at the flow's lines.</summary>
internal sealed class DiagnosticGithub(RepositoryPaths paths)
{
    public void Write(TextWriter output, IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            output.WriteLine(Command(diagnostic));
        }
    }

    private string Command(Diagnostic diagnostic)
    {
        var word = diagnostic.Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "notice" };
        var title = Explanation.TitleOf(diagnostic.Code) is { Length: > 0 } known ? $"{diagnostic.Code}: {known}" : diagnostic.Code;
        return $"::{word} {Place(diagnostic.Place?.Span)}title={Property(Printable.Line(title))}::{Data(Text(diagnostic))}";
    }

    private string Place(SourceSpan? span)
    {
        if (span is null)
        {
            return "";
        }

        var file = $"file={Property(paths.Relative(span.File) ?? span.File)}";
        // GitHub drops columns, and complains, where an annotation spans lines.
        return span.Line == span.EndLine
            ? string.Create(CultureInfo.InvariantCulture, $"{file},line={span.Line},col={span.Column},endLine={span.EndLine},endColumn={span.EndColumn},")
            : string.Create(CultureInfo.InvariantCulture, $"{file},line={span.Line},endLine={span.EndLine},");
    }

    private static string Text(Diagnostic diagnostic)
    {
        var text = new StringBuilder(Printable.Line(diagnostic.Message));
        foreach (var related in diagnostic.Related)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nsee {Printable.Line(related.Span.File)}:{related.Span.Line}:{related.Span.Column}: {Printable.Line(related.Message)}");
        }

        foreach (var line in (diagnostic.Hint ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            text.Append('\n').Append(Printable.Line(line));
        }

        return text.ToString();
    }

    // As @actions/core escapes: the percent sign first.
    private static string Data(string text) => text
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text)
        .Replace(":", "%3A", StringComparison.Ordinal)
        .Replace(",", "%2C", StringComparison.Ordinal);
}
