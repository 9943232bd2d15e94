using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Core.Rules;

/// <summary>Both volumes are within 0 and 2 (api-contract 4.3).</summary>
internal sealed class VolumeRule : IRule<EntryInRequest>
{
    public RuleCard Card => new(
        "sound_volume, original_audio_volume",
        "Each volume is within bounds.",
        static limits => LimitText.Range(limits.VolumeLowest, limits.VolumeHighest),
        "4.3 (K-LS)",
        "DOC",
        RuleStages.Text | RuleStages.Identify | RuleStages.Bytes,
        "GKF4132", "GKF4133");

    public IEnumerable<Diagnostic> Check(EntryInRequest subject, KlingLimits limits)
    {
        if (subject.Entry.SoundVolume is { } sound && !Allowed(sound, limits))
        {
            yield return RuleDiagnostics.SoundVolume(sound.Place, sound.Value, limits.VolumeLowest, limits.VolumeHighest);
        }

        if (subject.Entry.OriginalAudioVolume is { } original && !Allowed(original, limits))
        {
            yield return RuleDiagnostics.OriginalAudioVolume(original.Place, original.Value, limits.VolumeLowest, limits.VolumeHighest);
        }
    }

    // Written so that "not a number" is out of range.
    private static bool Allowed(Located<double> volume, KlingLimits limits) =>
        volume.Value >= limits.VolumeLowest && volume.Value <= limits.VolumeHighest;
}
