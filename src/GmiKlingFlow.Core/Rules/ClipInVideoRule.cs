using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Rules;

/// <summary>The inserted clip ends by the end of the video (api-contract 4.3, "inserted range"), and better a little before (8, trap 1).</summary>
internal sealed class ClipInVideoRule : IRule<EntryInRequest>
{
    public IEnumerable<Diagnostic> Check(EntryInRequest subject, KlingLimits limits)
    {
        if (subject is not { Entry.SoundInsert: { } insert, VideoDuration: { } duration } || insert.Value < TimeSpan.Zero)
        {
            yield break;
        }

        // While the clip's end is unknown, the shortest clip there may be must fit at least. A clip that is too short is told elsewhere.
        var length = subject.ClipLength ?? limits.ClipShortest;
        if (length < limits.ClipShortest)
        {
            yield break;
        }

        // An end after the audio's own is told by itself, and mending it may mend this.
        if (subject is { Entry.SoundEnd: { } soundEnd, AudioDuration: { } audio } && soundEnd.Value > audio)
        {
            yield break;
        }

        var name = subject.Request.Video.Shown;
        var end = SaturatedTime.Add(insert.Value, length);
        var safe = SaturatedTime.Subtract(duration, limits.EndMargin);
        if (end > duration)
        {
            var latest = SaturatedTime.Subtract(safe, length);
            yield return RuleDiagnostics.ClipPastVideo(insert.Place, insert.Value, end, name, duration, latest);
        }
        else if (end > safe && subject.ClipLength is not null)
        {
            yield return RuleDiagnostics.ClipInVideoMargin(insert.Place, insert.Value, end, name, duration);
        }
    }
}
