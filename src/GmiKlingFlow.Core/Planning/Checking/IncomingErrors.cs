using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Core.Planning.Checking;

/// <summary>Finds the jobs that an earlier stage's errors stand against, by their places in the document.</summary>
internal sealed class IncomingErrors
{
    private readonly Dictionary<(string File, string Path), List<Diagnostic>> byRoot = [];
    private readonly List<Diagnostic> ofEveryJob = [];

    public IncomingErrors(IEnumerable<Diagnostic> errors, Flow flow)
    {
        HashSet<(string, string)>? roots = null;
        foreach (var error in errors)
        {
            roots ??= Roots(flow);
            if (Root(error.Place, roots) is { } root)
            {
                if (!byRoot.TryGetValue(root, out var list))
                {
                    byRoot.Add(root, list = []);
                }

                list.Add(error);
            }
            else if (!IsAboutOneThing(error.Place))
            {
                ofEveryJob.Add(error);
            }
        }
    }

    public IEnumerable<Diagnostic> Of(Job job) => byRoot.Count == 0
        ? ofEveryJob
        : ofEveryJob.Concat(PlacesOf(job).Distinct().SelectMany(place => byRoot.TryGetValue(place, out var errors) ? errors : []));

    private static HashSet<(string, string)> Roots(Flow flow) => [.. flow.Jobs.SelectMany(PlacesOf)];

    private static IEnumerable<(string File, string Path)> PlacesOf(Job job)
    {
        yield return Key(job.Place);
        yield return Key(job.Video.Place);
        foreach (var entry in job.Entries)
        {
            if (entry.Sound.Value is Sound.Track track)
            {
                yield return Key(track.Audio.Place);
            }
        }
    }

    // The longest, so that an error of "audio.hello.en" is not one of "audio.hello".
    private static (string, string)? Root(Place? place, HashSet<(string, string)> roots)
    {
        if (place is null)
        {
            return null;
        }

        for (var length = place.Path.Length; length > 0; length = place.Path.AsSpan(0, length).LastIndexOfAny('.', '['))
        {
            var candidate = (place.Span.File, place.Path[..length]);
            if (roots.Contains(candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    // A job that could not even be made, or a source that no job uses: nobody else's problem.
    private static bool IsAboutOneThing(Place? place) =>
        place is not null
        && (place.Path.StartsWith("jobs[", StringComparison.Ordinal)
            || place.Path.StartsWith("videos.", StringComparison.Ordinal)
            || place.Path.StartsWith("audio.", StringComparison.Ordinal));

    private static (string, string) Key(Place place) => (place.Span.File, place.Path);
}
