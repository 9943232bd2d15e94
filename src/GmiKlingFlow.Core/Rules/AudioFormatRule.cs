using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Media;

namespace GmiKlingFlow.Core.Rules;

/// <summary>Audio is mp3, wav, m4a or aac (api-contract 4.3, "audio formats").</summary>
internal sealed class AudioFormatRule : IRule<AudioSubject>
{
    public IEnumerable<Diagnostic> Check(AudioSubject subject, KlingLimits limits)
    {
        if (subject.Facts is { Container: not (MediaContainer.Mp3 or MediaContainer.Wav or MediaContainer.M4a or MediaContainer.Aac) } facts)
        {
            yield return RuleDiagnostics.AudioFormat(subject.Place, subject.Shown, facts.Container);
        }
    }
}
