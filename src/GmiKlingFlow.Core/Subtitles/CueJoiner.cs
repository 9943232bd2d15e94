using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Core.Subtitles;

/// <summary>One or more cues of one speaker that become one face entry.</summary>
internal sealed record CueSegment(IReadOnlyList<Cue> Cues, string? Speaker)
{
    public TimeRange Times => new(Cues[0].Times.Start, Cues.Max(cue => cue.Times.End));

    /// <summary>The cue that ends last.</summary>
    public Cue Last => Cues.MaxBy(cue => cue.Times.End) ?? Cues[^1];

    /// <returns>As in <c>cue 3</c>, <c>cues 3-5</c> or <c>cues 3, 7</c>.</returns>
    public static string Name(IReadOnlyList<int> cues)
    {
        var isRun = cues.Zip(cues.Skip(1)).All(pair => pair.Second == pair.First + 1);
        return cues.Count == 1 ? $"cue {cues[0]}" : isRun ? $"cues {cues[0]}-{cues[^1]}" : $"cues {string.Join(", ", cues)}";
    }
}

/// <summary>
/// Joins cues that are too short for a clip with a neighbour of the same speaker: the nearer one, at most a second away, and never over words of
/// anybody else. Cues of one speaker that overlap become one, or the words they share would be heard twice.
/// </summary>
internal sealed class CueJoiner(TimeSpan shortest)
{
    /// <summary>After a longer absence Kling takes a person for another face (api-contract 4.2), and a longer silence is no pause in a sentence.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <param name="cues">By start, those of speakers who make no entry too: nothing is joined over them.</param>
    /// <returns>By start.</returns>
    public IReadOnlyList<CueSegment> Join(IReadOnlyList<CastCue> cues)
    {
        var segments = new List<List<CastCue>>();
        var lastOf = new Dictionary<string, List<CastCue>>(StringComparer.Ordinal);
        for (var i = 0; i < cues.Count; i++)
        {
            var cue = cues[i];
            var key = Key(cue);
            if (lastOf.TryGetValue(key, out var last) && Joins(last, i, cues))
            {
                last.Add(cue);
            }
            else
            {
                segments.Add(lastOf[key] = [cue]);
            }
        }

        return [.. segments.Select(segment => new CueSegment([.. segment.Select(c => c.Cue)], segment[0].Speaker))];
    }

    private bool Joins(List<CastCue> last, int index, IReadOnlyList<CastCue> cues)
    {
        var (times, next) = (TimesOf(last), cues[index].Cue.Times);
        if (Pause(times, cues[index], cues) is not { } pause)
        {
            return false;
        }

        // What is short itself may have a nearer neighbour to come.
        return pause < TimeSpan.Zero
            || times.Length < shortest
            || (next.Length < shortest && !(FollowingPause(index, cues) < pause));
    }

    private static TimeSpan? FollowingPause(int index, IReadOnlyList<CastCue> cues)
    {
        for (var i = index + 1; i < cues.Count; i++)
        {
            if (Key(cues[i]) == Key(cues[index]))
            {
                return Pause(cues[index].Cue.Times, cues[i], cues);
            }
        }

        return null;
    }

    /// <returns>How long nobody speaks between the two; negative where they overlap; null where they are not to be joined.</returns>
    private static TimeSpan? Pause(TimeRange first, CastCue second, IReadOnlyList<CastCue> cues)
    {
        var pause = second.Cue.Times.Start - first.End;
        var isFree = pause <= TimeSpan.Zero
            || (pause <= LongestPause && !cues.Any(other => Key(other) != Key(second) && other.Cue.Times.Start < second.Cue.Times.Start && other.Cue.Times.End > first.End));
        return isFree ? pause : null;
    }

    private static TimeRange TimesOf(List<CastCue> cues) => new(cues[0].Cue.Times.Start, cues.Max(c => c.Cue.Times.End));

    private static string Key(CastCue cue) => cue.Speaker is null ? "" : $"={cue.Speaker}";
}
