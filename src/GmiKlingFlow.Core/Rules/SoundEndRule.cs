using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Rules;

/// <summary><c>sound_end_time</c> is at most the audio's length (api-contract 4.3), and better a little less: 150 ms too much failed a
/// paid job (api-contract 8, trap 1).</summary>
internal sealed class SoundEndRule : IRule<EntryInRequest>
{
    public RuleCard Card => new(
        "sound_end_time",
        "The clip ends by the end of the audio, which is never longer than audio may be; the last moments are warned about.",
        static limits => $"the audio's length; margin {LimitText.Time(limits.EndMargin)}",
        "4.3, 8 trap 1 (K-LS; failed jobs)",
        "DOC, margin: CODE",
        RuleStages.Text | RuleStages.Media | RuleStages.Identify | RuleStages.Bytes,
        "GKF4124", "GKF4125", "GKF4138");

    public IEnumerable<Diagnostic> Check(EntryInRequest subject, KlingLimits limits)
    {
        if (subject.Entry.SoundEnd is not { } end)
        {
            yield break;
        }

        var name = subject.Entry.Audio.Shown;
        if (subject.AudioDuration is not { } duration)
        {
            // Not measured, but no audio that Kling takes is as long as that.
            if (end.Value > limits.AudioLongest)
            {
                yield return RuleDiagnostics.SoundEndAfterAudio(end.Place, end.Value, name, null, limits.AudioLongest);
            }

            yield break;
        }

        var start = subject.Entry.SoundStart?.Value ?? TimeSpan.Zero;
        var safe = SaturatedTime.Subtract(duration, limits.EndMargin);
        var hasRoom = HasRoomForMargin(duration, start, limits);
        if (end.Value > duration)
        {
            yield return RuleDiagnostics.SoundEndAfterAudio(end.Place, end.Value, name, duration, hasRoom ? safe : duration);
        }
        else if (end.Value > safe && SaturatedTime.Subtract(end.Value, start) >= limits.ClipShortest)
        {
            if (!hasRoom)
            {
                // Whoever chose the end: what could not be kept free is said.
                yield return RuleDiagnostics.NoRoomForMargin(end.Place, name, duration, SaturatedTime.Subtract(duration, start), limits);
            }
            else if (!subject.Entry.SoundEndIsChosenByTool)
            {
                yield return RuleDiagnostics.SoundEndInMargin(end.Place, end.Value, name, duration, safe, limits.EndMargin);
            }
        }
    }

    /// <summary>False where keeping the margin free would make the clip too short, which fails for sure (api-contract 8, trap 1).</summary>
    internal static bool HasRoomForMargin(TimeSpan audio, TimeSpan start, KlingLimits limits) =>
        SaturatedTime.Subtract(audio, start) > limits.ClipShortest + limits.EndMargin;
}
