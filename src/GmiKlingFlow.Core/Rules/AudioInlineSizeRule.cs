using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Rules;

/// <summary>Whether the limit counts Base64 before or after encoding is not said (api-contract 4.3, "audio size"): between the two it is a warning.</summary>
internal sealed class AudioInlineSizeRule : IRule<AudioSubject>
{
    public RuleCard Card => new(
        "sound_file",
        "Audio inside the request is small enough after encoding too; between the two a warning.",
        static limits => LimitText.Most(limits.AudioBytes),
        "4.3 (K-LS is unclear)",
        "INFER",
        RuleStages.Text | RuleStages.Media,
        "GKF4137");

    public IEnumerable<Diagnostic> Check(AudioSubject subject, KlingLimits limits)
    {
        if (subject.IsInline && (subject.Facts?.Bytes ?? subject.Bytes) is { } bytes && bytes <= limits.AudioBytes && Encoded(bytes) > limits.AudioBytes)
        {
            yield return RuleDiagnostics.AudioLargeAsBase64(subject.Place, subject.Shown, Encoded(bytes), limits.AudioBytes);
        }
    }

    private static long Encoded(long bytes) => (bytes + 2) / 3 * 4;
}
