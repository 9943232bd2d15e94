using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Media;

namespace GmiKlingFlow.Core.Rules;

/// <summary>A source video has a picture to find faces in (api-contract 4.1, "Content").</summary>
internal sealed class VideoPictureRule : IRule<VideoSubject>
{
    public RuleCard Card => new(
        "video",
        "A source video has a picture to find faces in.",
        static _ => "",
        "4.1 (K-ID, content)",
        "INFER",
        RuleStages.Media,
        "GKF4102");

    public IEnumerable<Diagnostic> Check(VideoSubject subject, KlingLimits limits)
    {
        if (subject.Facts is { Container: MediaContainer.Mp4 or MediaContainer.Mov, Video: null })
        {
            yield return RuleDiagnostics.VideoWithoutPicture(subject.Place, subject.Shown);
        }
    }
}
