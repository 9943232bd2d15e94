using System.Buffers.Text;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Rules;

/// <summary>Inline audio is bare Base64, without a <c>data:</c> prefix (api-contract 4.3, <c>sound_file</c>; 8, trap 6).</summary>
internal sealed class AudioInlineRule : IRule<AudioSubject>
{
    public RuleCard Card => new(
        "sound_file",
        "Audio inside the request is bare Base64, without a \"data:\" prefix.",
        static _ => "",
        "4.3, 8 trap 6 (K-LS)",
        "DOC, prefix: CODE",
        RuleStages.Text | RuleStages.Bytes,
        "GKF4116", "GKF4117");

    public IEnumerable<Diagnostic> Check(AudioSubject subject, KlingLimits limits)
    {
        if (subject.Base64 is not { } text)
        {
            yield break;
        }

        if (text.AsSpan().TrimStart().StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            yield return RuleDiagnostics.AudioDataPrefix(subject.Place, subject.Shown);
        }
        else if (text.Length == 0 || !Base64.IsValid(text))
        {
            yield return RuleDiagnostics.AudioNotBase64(subject.Place, subject.Shown);
        }
    }
}
