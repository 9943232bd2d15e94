using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Media;

namespace GmiKlingFlow.Core.Rules;

/// <summary>An audio file has sound in it (api-contract 4.3, "content check").</summary>
internal sealed class AudioSoundRule : IRule<AudioSubject>
{
    public RuleCard Card => new(
        "sound_file",
        "An audio file has sound in it.",
        static _ => "",
        "4.3 (K-LS, content)",
        "INFER",
        RuleStages.Media,
        "GKF4112");

    public IEnumerable<Diagnostic> Check(AudioSubject subject, KlingLimits limits)
    {
        if (subject.Facts is { Container: not (MediaContainer.Mp4 or MediaContainer.Mov), Audio: null })
        {
            yield return RuleDiagnostics.AudioWithoutSound(subject.Place, subject.Shown);
        }
    }
}
