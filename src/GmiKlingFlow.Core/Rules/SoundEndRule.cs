using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Rules;

/// <summary><c>sound_end_time</c> is at most the audio's length (api-contract 4.3), and better a little less: 150 ms too much failed a
/// paid job (api-contract 8, trap 1).</summary>
internal sealed class SoundEndRule : IRule<EntryInRequest>
{
    public IEnumerable<Diagnostic> Check(EntryInRequest subject, KlingLimits limits)
    {
        if (subject is not { Entry.SoundEnd: { } end, AudioDuration: { } duration })
        {
            yield break;
        }

        var name = subject.Entry.Audio.Shown;
        var safe = SaturatedTime.Subtract(duration, limits.EndMargin);
        if (end.Value > duration)
        {
            yield return RuleDiagnostics.SoundEndAfterAudio(end.Place, end.Value, name, duration, ClipFits(subject, safe, limits) ? safe : duration);
        }
        else if (end.Value > safe && !subject.Entry.SoundEndIsChosenByTool && ClipFits(subject, safe, limits))
        {
            yield return RuleDiagnostics.SoundEndInMargin(end.Place, end.Value, name, duration, safe);
        }
    }

    // A margin that would make the clip too short helps nobody: then the audio's own end is the best there is.
    private static bool ClipFits(EntryInRequest subject, TimeSpan end, KlingLimits limits) =>
        subject.Entry.SoundStart is not { } start || SaturatedTime.Subtract(end, start.Value) >= limits.ClipShortest;
}
