using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Media;

namespace GmiKlingFlow.Core.Rules;

/// <summary>Audio is mp3, wav, m4a or aac (api-contract 4.3, "audio formats").</summary>
internal sealed class AudioFormatRule : IRule<AudioSubject>
{
    public RuleCard Card => new(
        "sound_file",
        "Audio is mp3, wav, m4a or aac: by its bytes, or by the name in its URL while those are not known.",
        static _ => "mp3, wav, m4a, aac",
        "4.3, 7 line 13 (K-LS; K-OLD lacks aac)",
        "DOC",
        RuleStages.Text | RuleStages.Media,
        "GKF4111");

    public IEnumerable<Diagnostic> Check(AudioSubject subject, KlingLimits limits)
    {
        if (subject.Facts is { Container: not (MediaContainer.Mp3 or MediaContainer.Wav or MediaContainer.M4a or MediaContainer.Aac) } facts)
        {
            yield return RuleDiagnostics.AudioFormat(subject.Place, subject.Shown, facts.Container.Extension());
        }
        else if (subject is { Facts: null, Url: { } url } && UrlFormat.Of(url) is { } format && format is not ("mp3" or "wav" or "m4a" or "aac"))
        {
            yield return RuleDiagnostics.AudioFormat(subject.Place, subject.Shown, format);
        }
    }
}
