using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Subtitles;

/// <summary>The speakers that a job knows. A label means one of them whatever its case, and with a space, a full stop, a hyphen or an underscore alike.</summary>
internal sealed class SpeakerNames
{
    private readonly HashSet<string> exact;
    private readonly Dictionary<string, string?> alike = new(StringComparer.Ordinal);

    public SpeakerNames(IEnumerable<string> names)
    {
        exact = new(names, StringComparer.Ordinal);
        foreach (var name in exact)
        {
            // Two names that look alike are both meant only when written exactly: never a guess.
            var key = Alike(name);
            alike[key] = alike.ContainsKey(key) ? null : name;
        }
    }

    /// <returns>The speaker's name as the job writes it; null when nobody is meant for certain.</returns>
    public string? Find(string label) => exact.TryGetValue(label, out var same) ? same : alike.GetValueOrDefault(Alike(label));

    public string? Nearest(string label) => NearestName.Of(label, exact);

    private static string Alike(string name) =>
        string.Join(' ', name.ToUpperInvariant().Split([' ', '\t', '\u00a0', '_', '.', '-'], StringSplitOptions.RemoveEmptyEntries));
}
