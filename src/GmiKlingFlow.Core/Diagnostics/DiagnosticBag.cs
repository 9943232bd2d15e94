using System.Collections;

namespace GmiKlingFlow.Core.Diagnostics;

/// <summary>Collects the problems of one flow, so that all of them can be told in one go.</summary>
/// <param name="switches">What becomes of warnings; null tells them all as warnings.</param>
public sealed class DiagnosticBag(WarningSwitches? switches = null) : IReadOnlyCollection<Diagnostic>
{
    // A matrix can make ten thousand jobs out of one wrong line: that is one problem, told once.
    private readonly HashSet<Problem> seen = [];
    private readonly List<Diagnostic> items = [];

    public int Count => items.Count;

    public bool HasErrors { get; private set; }

    public void Add(Diagnostic diagnostic)
    {
        if (switches is not null)
        {
            if (switches.Through(diagnostic) is not { } told)
            {
                return;
            }

            diagnostic = told;
        }

        if (!seen.Add(new Problem(diagnostic.Code, diagnostic.Message, diagnostic.Place?.Span)))
        {
            return;
        }

        items.Add(diagnostic);
        HasErrors |= diagnostic.Severity == Severity.Error;
    }

    public void AddRange(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            Add(diagnostic);
        }
    }

    /// <summary>All diagnostics by file, line, column, then code; those without a place come first.</summary>
    public IReadOnlyList<Diagnostic> Sorted() => items.Count < 2 ? [.. items] : InOrder();

    private Diagnostic[] InOrder() =>
    [
        .. items
            .OrderBy(d => d.Place?.Span.File, StringComparer.Ordinal)
            .ThenBy(d => d.Place?.Span.Line ?? 0)
            .ThenBy(d => d.Place?.Span.Column ?? 0)
            .ThenBy(d => d.Code, StringComparer.Ordinal)
            .ThenBy(d => d.Message, StringComparer.Ordinal),
    ];

    public IEnumerator<Diagnostic> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private sealed record Problem(string Code, string Message, SourceSpan? Span);
}
