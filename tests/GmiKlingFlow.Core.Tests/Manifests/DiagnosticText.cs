using System.Globalization;
using System.Text;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Tests.Manifests;

/// <summary>Diagnostics as a baseline shows them.</summary>
internal static class DiagnosticText
{
    public static string Line(Diagnostic d) =>
        $"{d.Code} {d.Severity.ToString().ToLowerInvariant()} {(d.Place is { } at ? $"{Shown(at.Span)} [{at.Path}] " : "")}{d.Message}"
        + (d.Hint is null ? "" : $"\n    hint: {d.Hint}")
        + string.Concat(d.Related.Select(r => $"\n    related: {Shown(r.Span)} {r.Message}"));

    /// <summary>Each file's text, with each diagnostic under the line it points to.</summary>
    public static string Interleave(IEnumerable<(string File, string Text)> files, DiagnosticBag diagnostics)
    {
        var text = new StringBuilder();
        var rest = diagnostics.Sorted().ToList();
        foreach (var (file, content) in files)
        {
            text.Append(CultureInfo.InvariantCulture, $"--- {file}\n");
            var lines = content.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
            for (var i = 0; i < lines.Length; i++)
            {
                text.Append(lines[i].Length > 200 ? lines[i][..200] + "…" : lines[i]).Append('\n');
                foreach (var d in rest.Where(d => d.Place?.Span is { } s && s.File == file && (s.Line == i + 1 || (i == lines.Length - 1 && s.Line > i + 1))).ToList())
                {
                    rest.Remove(d);
                    var span = d.Place?.Span;
                    var width = span?.EndLine == span?.Line ? Math.Max(1, (span?.EndColumn ?? 1) - (span?.Column ?? 1)) : 1;
                    text.Append(' ', Math.Min(200, (span?.Column ?? 1) - 1)).Append('^', Math.Min(200, width)).Append('\n');
                    text.Append("# ").Append(Line(d).ReplaceLineEndings("\n# ")).Append('\n');
                }
            }
        }

        foreach (var d in rest)
        {
            text.Append("# ").Append(Line(d).ReplaceLineEndings("\n# ")).Append('\n');
        }

        return text.ToString();
    }

    private static string Shown(SourceSpan s) => string.Create(CultureInfo.InvariantCulture, $"{s.File}:{s.Line}:{s.Column}-{s.EndLine}:{s.EndColumn}");
}
