namespace GmiKlingFlow.Core.Diagnostics;

/// <summary>The nearest of one set of names for each of many mistyped ones. With very many of both only the first mistakes get one: nobody reads five thousand guesses.</summary>
/// <param name="known">Of one kind, such as the videos of a flow. May grow.</param>
public sealed class NearestNames(IReadOnlyCollection<string> known)
{
    /// <summary>As many as a thousand mistyped names among a thousand take.</summary>
    public const int MostComparisons = 1_000_000;

    // A mistake in a template comes back with every row of a matrix, and has to be told in the same words each time.
    private readonly Dictionary<string, string?> found = new(StringComparer.Ordinal);

    private int counted;

    /// <summary>How many names were looked at until now.</summary>
    public int Comparisons { get; private set; }

    /// <returns>As <see cref="NearestName.Of"/>; null too where looking for it would take more than <see cref="MostComparisons"/>.</returns>
    public string? Of(string given)
    {
        if (known.Count != counted)
        {
            found.Clear();
            counted = known.Count;
        }

        if (found.TryGetValue(given, out var nearest))
        {
            return nearest;
        }

        if (known.Count == 0 || known.Count > MostComparisons - Comparisons)
        {
            return null;
        }

        Comparisons += known.Count;
        found.Add(given, nearest = NearestName.Of(given, known));
        return nearest;
    }
}
