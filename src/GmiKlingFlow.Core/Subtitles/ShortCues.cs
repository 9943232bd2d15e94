using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Subtitles;

/// <summary>What to do about cues that are too short and have nobody to be joined with.</summary>
internal static class ShortCues
{
    /// <param name="cues">All that are said, by start.</param>
    public static Diagnostic Problem(CueSegment segment, IReadOnlyList<CastCue> cues, TimeSpan shortest, bool isWebVtt, string path)
    {
        var times = segment.Times;
        return SubtitleDiagnostics.TooShort(
            new Place(segment.Last.EndSpan, path),
            CueSegment.Name([.. segment.Cues.Select(cue => cue.Index)]),
            (long)times.Length.TotalMilliseconds,
            (long)shortest.TotalMilliseconds,
            Way(segment, cues, shortest, isWebVtt));
    }

    // Into silence a cue may last longer: where the next words are far enough, later; else earlier, or both.
    private static string Way(CueSegment segment, IReadOnlyList<CastCue> cues, TimeSpan shortest, bool isWebVtt)
    {
        var times = segment.Times;
        var others = cues.Where(cast => !segment.Cues.Contains(cast.Cue)).Select(cast => cast.Cue.Times).ToList();
        var after = others.Where(o => o.Start >= times.End).Select(o => o.Start).DefaultIfEmpty(TimeSpan.MaxValue).Min();
        var before = others.Where(o => o.End <= times.Start).Select(o => o.End).DefaultIfEmpty(TimeSpan.Zero).Max();
        if (times.Start + shortest <= after)
        {
            return $"Let it end at {CueTime.Text(times.Start + shortest, isWebVtt)} or later.";
        }

        return after - shortest >= before
            ? $"Let it last from {CueTime.Text(after - shortest, isWebVtt)} to {CueTime.Text(after, isWebVtt)}."
            : "Let it last longer, or leave its speaker out.";
    }
}
