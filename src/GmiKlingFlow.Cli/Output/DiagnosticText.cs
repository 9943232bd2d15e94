using System.Globalization;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Cli.Output;

/// <summary>Tells diagnostics on standard error: place, code and message, the source line with the value underlined, the hint.</summary>
internal sealed class DiagnosticText(Terminal terminal, string workingDirectory)
{
    private readonly Ansi style = new(terminal.Traits.ColourOnError);
    private readonly SourceLines sources = new(workingDirectory);

    public void Write(params ReadOnlySpan<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            Write(diagnostic);
        }
    }

    public void Write(Failure failure)
    {
        terminal.Say($"{style.Red("error")} {failure.Code}: {Printable.Line(failure.Message)}");
        Hint(failure.Hint);
    }

    /// <returns>As in <c>2 errors, 1 warning</c>; empty when there is nothing.</returns>
    public static string Counts(IReadOnlyCollection<Diagnostic> diagnostics)
    {
        var parts = new List<string>(3);
        Add(Severity.Error, "error");
        Add(Severity.Warning, "warning");
        Add(Severity.Info, "note");
        return string.Join(", ", parts);

        void Add(Severity severity, string word)
        {
            if (diagnostics.Count(d => d.Severity == severity) is > 0 and var count)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {word}{(count == 1 ? "" : "s")}"));
            }
        }
    }

    private void Write(Diagnostic diagnostic)
    {
        var span = diagnostic.Place?.Span;
        var place = span is null ? "" : $"{style.Bold(Where(span))}: ";
        terminal.Say($"{place}{SeverityWord(diagnostic.Severity)} {diagnostic.Code}: {Printable.Line(diagnostic.Message)}");
        if (span is not null && sources.Excerpt(span, terminal.Traits.Width) is { } excerpt)
        {
            var number = span.Line.ToString(CultureInfo.InvariantCulture);
            terminal.Say($"  {style.Dim($"{number} |")} {excerpt.Line}");
            terminal.Say($"  {style.Dim($"{new string(' ', number.Length)} |")} {excerpt.Padding}{Underline(diagnostic.Severity, excerpt.Underline)}");
        }

        foreach (var related in diagnostic.Related)
        {
            terminal.Say($"  see {Where(related.Span)}: {Printable.Line(related.Message)}");
        }

        Hint(diagnostic.Hint);
    }

    private void Hint(string? hint)
    {
        // A hint may be a small table: its lines stay lines.
        var lines = (hint ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < lines.Length; i++)
        {
            terminal.Say(i == 0 ? $"  {style.Cyan("hint:")} {Printable.Line(lines[i])}" : $"        {Printable.Line(lines[i])}");
        }
    }

    private static string Where(SourceSpan span) =>
        string.Create(CultureInfo.InvariantCulture, $"{Printable.Line(span.File)}:{span.Line}:{span.Column}");

    private string SeverityWord(Severity severity) => severity switch
    {
        Severity.Error => style.Red("error"),
        Severity.Warning => style.Yellow("warning"),
        _ => style.Cyan("info"),
    };

    private string Underline(Severity severity, string underline) => severity switch
    {
        Severity.Error => style.Red(underline),
        Severity.Warning => style.Yellow(underline),
        _ => style.Cyan(underline),
    };
}
