using System.Globalization;
using GmiKlingFlow.Cli.Output.Plans;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Cli.Output;

/// <summary>Tells diagnostics on standard error: place, code and message, the source lines with the value underlined, related places with theirs, the hint.</summary>
internal sealed class DiagnosticText(Terminal terminal, string workingDirectory)
{
    private const int FewestColumns = 40;
    private const int SourceFewestColumns = 16;

    private readonly Ansi style = new(terminal.Traits.ColourOnError);
    private readonly SourceLines sources = new(workingDirectory);

    private int Columns => Math.Max(FewestColumns, terminal.Traits.ErrorIsTerminal ? terminal.Window().Columns : terminal.Traits.Width);

    public void Write(params ReadOnlySpan<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            Write(diagnostic);
        }
    }

    public void Write(Failure failure)
    {
        Sentence("", style.Red("error"), $"error {failure.Code}: {Printable.Line(failure.Message)}");
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
        var (word, paint) = Look(diagnostic.Severity);
        Sentence(span is null ? "" : Where(span), paint(word), $"{word} {diagnostic.Code}: {Printable.Line(diagnostic.Message)}");
        var digits = Digits(diagnostic);
        if (span is not null)
        {
            Excerpt(span, digits, '^', paint);
        }

        foreach (var related in diagnostic.Related)
        {
            Wrapped($"see {Where(related.Span)}: {Printable.Line(related.Message)}", indent: 2, hanging: 6);
            Excerpt(related.Span, digits, '-', style.Cyan);
        }

        Hint(diagnostic.Hint);
    }

    /// <summary>The first line of a diagnostic: colour only on what says where it is and how serious.</summary>
    private void Sentence(string where, string paintedWord, string text)
    {
        var word = text.Split(' ', 2)[0];
        var prefix = where.Length == 0 ? "" : $"{where}: ";
        var painted = (where.Length == 0 ? "" : $"{style.Bold(where)}: ") + paintedWord;
        Wrapped(prefix + text, 0, hanging: 4, line => line.StartsWith(prefix + word, StringComparison.Ordinal) ? painted + line[(prefix.Length + word.Length)..] : line);
    }

    private void Excerpt(SourceSpan span, int digits, char mark, Func<string, string> paint)
    {
        foreach (var row in sources.Excerpt(span, Math.Max(SourceFewestColumns, Columns - digits - "   | ".Length - 1)))
        {
            if (row == SourceRow.LeftOut)
            {
                terminal.Say($"  {style.Dim($"{new string(' ', digits)} {row.Line}")}");
                continue;
            }

            var number = row.Number.ToString(CultureInfo.InvariantCulture).PadLeft(digits);
            terminal.Say($"  {style.Dim($"{number} |")} {row.Line}");
            terminal.Say($"  {style.Dim($"{new string(' ', digits)} |")} {new string(' ', row.Before)}{paint(new string(mark, row.Marked))}");
        }
    }

    private void Hint(string? hint)
    {
        // A hint may be a small table: its lines stay lines.
        var lines = (hint ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < lines.Length; i++)
        {
            var text = Printable.Line(lines[i]);
            if (i == 0)
            {
                Wrapped($"hint: {text}", indent: 2, hanging: 8, line => line.StartsWith("hint:", StringComparison.Ordinal) ? style.Cyan("hint:") + line[5..] : line);
            }
            else
            {
                Wrapped(text, indent: 8, hanging: 10);
            }
        }
    }

    /// <summary>On a terminal broken between words; elsewhere one line, for grep.</summary>
    private void Wrapped(string text, int indent, int hanging, Func<string, string>? paint = null)
    {
        var room = terminal.Traits.ErrorIsTerminal ? Columns - 1 : int.MaxValue;
        if (Printable.Width(text) <= room - indent)
        {
            terminal.Say(new string(' ', indent) + (paint?.Invoke(text) ?? text));
            return;
        }

        var first = true;
        foreach (var line in TextColumns.Flow([text], room - hanging))
        {
            terminal.Say(new string(' ', first ? indent : hanging) + (first && paint is not null ? paint(line) : line));
            first = false;
        }
    }

    /// <summary>One gutter for all the lines of a diagnostic.</summary>
    private static int Digits(Diagnostic diagnostic) => diagnostic.Related
        .Select(static related => related.Span)
        .Append(diagnostic.Place?.Span ?? SourceSpan.StartOf(""))
        .Max(static span => Math.Max(span.Line, span.EndLine))
        .ToString(CultureInfo.InvariantCulture).Length;

    private static string Where(SourceSpan span) =>
        string.Create(CultureInfo.InvariantCulture, $"{Printable.Line(span.File)}:{span.Line}:{span.Column}");

    private (string Word, Func<string, string> Paint) Look(Severity severity) => severity switch
    {
        Severity.Error => ("error", style.Red),
        Severity.Warning => ("warning", style.Yellow),
        _ => ("info", style.Cyan),
    };
}
