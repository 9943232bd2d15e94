using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Rules;

/// <summary>The clip lasts at least 2 s (api-contract 4.3, "cropped part").</summary>
internal sealed class ClipLengthRule : IRule<EntryInRequest>
{
    public RuleCard Card => new(
        "sound_end_time",
        "The clip, from its start to its end, is long enough.",
        static limits => LimitText.Least(limits.ClipShortest),
        "4.3 (K-LS)",
        "DOC",
        RuleStages.Text | RuleStages.Media | RuleStages.Identify | RuleStages.Bytes,
        "GKF4126");

    public IEnumerable<Diagnostic> Check(EntryInRequest subject, KlingLimits limits)
    {
        var entry = subject.Entry;
        if (entry.SoundStart is not { } start || start.Value < TimeSpan.Zero)
        {
            yield break;
        }

        if (subject.ClipLength is { } length)
        {
            if (length < limits.ClipShortest)
            {
                var place = entry.SoundEndIsChosenByTool ? start.Place : entry.SoundEnd?.Place;
                yield return RuleDiagnostics.ClipTooShort(place, entry.Audio.Shown, length, limits.ClipShortest);
            }
        }
        else if (!entry.SoundEndIsChosenByTool
            && (subject.AudioDuration ?? limits.AudioLongest) is var duration
            && duration >= limits.AudioShortest
            && SaturatedTime.Subtract(duration, start.Value) is var rest
            && rest < limits.ClipShortest)
        {
            // The end is not known yet, but no end can make this clip long enough.
            yield return RuleDiagnostics.ClipTooShort(start.Place, entry.Audio.Shown, rest, limits.ClipShortest);
        }
    }
}
