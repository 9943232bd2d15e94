namespace GmiKlingFlow.Core.Diagnostics;

/// <summary>Finds the known name that a mistyped one most probably stands for.</summary>
public static class NearestName
{
    /// <returns>The closest of <paramref name="known"/> by edit distance (a swap of neighbours counts once), or null when none is near.</returns>
    public static string? Of(string given, IEnumerable<string> known)
    {
        string? best = null;
        var bestDistance = Math.Max(1, Math.Min(given.Length, 64) / 3) + 1;
        foreach (var name in known)
        {
            if (Math.Abs(name.Length - given.Length) >= bestDistance)
            {
                continue;
            }

            var distance = Distance(given.ToLowerInvariant(), name.ToLowerInvariant());
            // A name of which every letter differs is another name.
            if (distance < bestDistance && distance < given.Length)
            {
                (best, bestDistance) = (name, distance);
            }
        }

        return best;
    }

    private static int Distance(string a, string b)
    {
        var beforePrevious = new int[b.Length + 1];
        var previous = new int[b.Length + 1];
        var current = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            previous[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(substitution, Math.Min(previous[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    current[j] = Math.Min(current[j], beforePrevious[j - 2] + 1);
                }
            }

            (beforePrevious, previous, current) = (previous, current, beforePrevious);
        }

        return previous[b.Length];
    }
}
