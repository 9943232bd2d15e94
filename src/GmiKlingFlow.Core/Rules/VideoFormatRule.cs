using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Media;

namespace GmiKlingFlow.Core.Rules;

/// <summary>A source video is mp4 or mov (api-contract 4.1, "Format").</summary>
internal sealed class VideoFormatRule : IRule<VideoSubject>
{
    public RuleCard Card => new(
        "video",
        "A source video is mp4 or mov: by its bytes, or by the name in its URL while those are not known.",
        static _ => "mp4, mov",
        "4.1 (K-ID)",
        "DOC",
        RuleStages.Text | RuleStages.Media,
        "GKF4101");

    public IEnumerable<Diagnostic> Check(VideoSubject subject, KlingLimits limits)
    {
        if (subject.Facts is { Container: not (MediaContainer.Mp4 or MediaContainer.Mov) } facts)
        {
            yield return RuleDiagnostics.VideoFormat(subject.Place, subject.Shown, facts.Container.Extension());
        }
        else if (subject is { Facts: null, Url: { } url } && UrlFormat.Of(url) is { } format && format is not ("mp4" or "mov"))
        {
            yield return RuleDiagnostics.VideoFormat(subject.Place, subject.Shown, format);
        }
    }
}
