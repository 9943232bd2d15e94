using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Manifests.Expanding;

/// <summary>One wrong line can be wrong for ten thousand rows, each in its own words: a few are told, the rest counted.</summary>
internal sealed class DiagnosticFunnel(DiagnosticBag target)
{
    private const int Told = 5;

    private readonly Dictionary<(string Code, SourceSpan? Span), (Place? Place, int Count)> counts = [];

    public void Pour(DiagnosticBag source)
    {
        foreach (var diagnostic in source)
        {
            var key = (diagnostic.Code, diagnostic.Place?.Span);
            var count = counts.GetValueOrDefault(key).Count + 1;
            counts[key] = (diagnostic.Place, count);
            if (count <= Told || diagnostic.Place is null)
            {
                target.Add(diagnostic);
            }
        }
    }

    public void Finish()
    {
        var words = target.Select(d => (d.Code, d.Message, d.Place?.Span)).ToHashSet();
        foreach (var ((code, span), (place, count)) in counts)
        {
            // The same words again are one problem, not many.
            if (place is not null && count > Told && words.Count(w => w.Code == code && w.Span == span) >= Told)
            {
                target.Add(MeaningDiagnostics.MoreOfTheSame(place, code, count - Told));
            }
        }
    }
}
