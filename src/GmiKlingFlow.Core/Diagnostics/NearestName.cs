namespace GmiKlingFlow.Core.Diagnostics;

/// <summary>Finds the known name that a mistyped one most probably stands for.</summary>
public static class NearestName
{
    private const int Letters = 64;

    /// <returns>The closest of <paramref name="known"/> by edit distance (a swap of neighbours counts once), or null when none is near.</returns>
    public static string? Of(string given, IEnumerable<string> known)
    {
        string? best = null;
        var bestDistance = Math.Max(1, Math.Min(given.Length, 64) / 3) + 1;
        var lower = given.ToLowerInvariant();
        Span<int> letters = stackalloc int[Letters];
        foreach (var letter in lower)
        {
            letters[letter % Letters]++;
        }

        foreach (var name in known)
        {
            if (Math.Abs(name.Length - given.Length) >= bestDistance)
            {
                continue;
            }

            var other = name.ToLowerInvariant();
            if (LeastDistance(letters, other) >= bestDistance)
            {
                continue;
            }

            var distance = Distance(lower, other);
            // A name of which every letter differs is another name.
            if (distance < bestDistance && distance < given.Length)
            {
                (best, bestDistance) = (name, distance);
            }
        }

        return best;
    }

    /// <summary>Letters that only one of the two has are so many edits at least, wherever they stand: far less work than to tell the distance.</summary>
    private static int LeastDistance(ReadOnlySpan<int> letters, string name)
    {
        Span<int> left = stackalloc int[Letters];
        letters.CopyTo(left);
        var (missing, surplus) = (0, 0);
        foreach (var letter in name)
        {
            surplus += --left[letter % Letters] < 0 ? 1 : 0;
        }

        foreach (var count in left)
        {
            missing += Math.Max(0, count);
        }

        return Math.Max(missing, surplus);
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
