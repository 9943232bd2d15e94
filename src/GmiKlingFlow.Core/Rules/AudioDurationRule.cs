using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Rules;

/// <summary>Audio lasts 2 to 60 s (api-contract 4.3, "audio length").</summary>
internal sealed class AudioDurationRule : IRule<AudioSubject>
{
    public RuleCard Card => new(
        "sound_file",
        "Audio lasts long enough, and not too long.",
        static limits => LimitText.Range(limits.AudioShortest, limits.AudioLongest),
        "4.3 (K-LS)",
        "DOC",
        RuleStages.Text | RuleStages.Media,
        "GKF4114", "GKF4115");

    public IEnumerable<Diagnostic> Check(AudioSubject subject, KlingLimits limits)
    {
        if (subject.SoundLength is not { } sound)
        {
            yield break;
        }

        // A file may say more than its track holds, or less: both must fit.
        var whole = subject.Facts?.Duration ?? sound;
        var (shorter, longer) = sound < whole ? (sound, whole) : (whole, sound);
        if (shorter < limits.AudioShortest)
        {
            yield return RuleDiagnostics.AudioTooShort(subject.Place, subject.Shown, shorter, limits.AudioShortest);
        }

        if (longer > limits.AudioLongest)
        {
            yield return RuleDiagnostics.AudioTooLong(subject.Place, subject.Shown, longer, limits.AudioLongest);
        }
    }
}
