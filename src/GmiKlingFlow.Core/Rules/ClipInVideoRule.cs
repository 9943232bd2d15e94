using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Rules;

/// <summary>The inserted clip ends by the end of the video (api-contract 4.3, "inserted range"), and better a little before (8, trap 1).</summary>
internal sealed class ClipInVideoRule : IRule<EntryInRequest>
{
    public RuleCard Card => new(
        "sound_insert_time",
        "The inserted clip ends by the end of the video, which is never longer than a video may be; the last moments are warned about.",
        static limits => $"the video's length; margin {LimitText.Time(limits.EndMargin)}",
        "4.3, 8 trap 1 (K-LS)",
        "DOC, margin: CODE",
        RuleStages.Text | RuleStages.Media | RuleStages.Identify | RuleStages.Bytes,
        "GKF4128", "GKF4129");

    public IEnumerable<Diagnostic> Check(EntryInRequest subject, KlingLimits limits)
    {
        if (subject.Entry.SoundInsert is not { } insert || insert.Value < TimeSpan.Zero)
        {
            yield break;
        }

        // While the clip's end is unknown, or after the audio's own (which is told by itself), the shortest clip there may be must fit at least.
        var endsInAudio = subject.Entry.SoundEnd is not { } soundEnd || soundEnd.Value <= (subject.AudioDuration ?? limits.AudioLongest);
        var known = endsInAudio ? subject.ClipLength : null;
        var length = known ?? limits.ClipShortest;
        if (length < limits.ClipShortest)
        {
            // A clip that is too short is told elsewhere.
            yield break;
        }

        var name = subject.Request.Video.Shown;
        var end = SaturatedTime.Add(insert.Value, length);
        var duration = subject.VideoDuration ?? limits.VideoLongest;
        var safe = SaturatedTime.Subtract(duration, limits.EndMargin);
        if (end > duration)
        {
            var latest = SaturatedTime.Subtract(safe, length);
            yield return RuleDiagnostics.ClipPastVideo(insert.Place, insert.Value, end, name, subject.VideoDuration, limits.VideoLongest, latest);
        }
        else if (end > safe && known is not null && subject.VideoDuration is not null)
        {
            yield return RuleDiagnostics.ClipInVideoMargin(insert.Place, insert.Value, end, name, duration, limits.EndMargin);
        }
    }
}
