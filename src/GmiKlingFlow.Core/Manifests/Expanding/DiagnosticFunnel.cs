using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Manifests.Expanding;

/// <summary>One wrong line can be wrong for ten thousand rows, each in its own words: a few are told, the rest counted.</summary>
internal sealed class DiagnosticFunnel(DiagnosticBag target)
{
    private const int Told = 5;

    private readonly Dictionary<(string Code, SourceSpan Span), Seen> seen = [];

    public void Pour(DiagnosticBag source)
    {
        foreach (var diagnostic in source)
        {
            if (diagnostic.Place is not { } place)
            {
                target.Add(diagnostic);
                continue;
            }

            var key = (diagnostic.Code, place.Span);
            if (!seen.TryGetValue(key, out var before))
            {
                seen.Add(key, before = new Seen(place));
            }

            if (before.Messages.Contains(diagnostic.Message))
            {
                continue;
            }

            if (before.Messages.Count < Told)
            {
                before.Messages.Add(diagnostic.Message);
                target.Add(diagnostic);
            }
            else
            {
                before.More++;
            }
        }
    }

    public void Finish()
    {
        foreach (var ((code, _), known) in seen)
        {
            if (known.More > 0)
            {
                target.Add(MeaningDiagnostics.MoreOfTheSame(known.Place, code, known.More));
            }
        }
    }

    private sealed class Seen(Place place)
    {
        public Place Place { get; } = place;

        public HashSet<string> Messages { get; } = new(StringComparer.Ordinal);

        public long More { get; set; }
    }
}
