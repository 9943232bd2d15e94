namespace GmiKlingFlow.Core.Diagnostics;

/// <summary>The nearest of one set of names for each of many mistyped ones. With very many of both only the first mistakes get one: nobody reads five thousand guesses.</summary>
/// <param name="known">Of one kind, such as the videos of a flow. May grow meanwhile.</param>
public sealed class NearestNames(IReadOnlyCollection<string> known)
{
    /// <summary>As many as a thousand mistyped names among a thousand take.</summary>
    public const int MostComparisons = 1_000_000;

    /// <summary>How many names were looked at until now.</summary>
    public int Comparisons { get; private set; }

    /// <returns>As <see cref="NearestName.Of"/>; null too where looking for it would take more than <see cref="MostComparisons"/>.</returns>
    public string? Of(string given)
    {
        if (known.Count > MostComparisons - Comparisons)
        {
            return null;
        }

        Comparisons += known.Count;
        return NearestName.Of(given, known);
    }
}
