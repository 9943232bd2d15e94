using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Rules;

/// <summary>An audio file is at most 5 MB (api-contract 4.3, "audio size"). For Base64 it is unclear whether before or after
/// encoding: measured here is the file itself.</summary>
internal sealed class AudioSizeRule : IRule<AudioSubject>
{
    public RuleCard Card => new(
        "sound_file",
        "An audio file is not too large; audio inside the request is measured before encoding.",
        static limits => LimitText.Most(limits.AudioBytes),
        "4.3 (K-LS)",
        "DOC",
        RuleStages.Text | RuleStages.Media | RuleStages.Bytes,
        "GKF4113");

    public IEnumerable<Diagnostic> Check(AudioSubject subject, KlingLimits limits)
    {
        if ((subject.Facts?.Bytes ?? subject.Bytes) is { } bytes && bytes > limits.AudioBytes)
        {
            yield return RuleDiagnostics.AudioTooLarge(subject.Place, subject.Shown, bytes, limits.AudioBytes);
        }
    }
}
