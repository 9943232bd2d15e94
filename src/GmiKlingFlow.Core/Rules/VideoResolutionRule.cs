using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Rules;

/// <summary>Kling writes "720p or 1080p" and was seen to accept other sizes within its bounds: a warning, not an error (api-contract 7, line 14).</summary>
internal sealed class VideoResolutionRule : IRule<VideoSubject>
{
    public RuleCard Card => new(
        "video",
        "The shorter side is one that Kling names; others were accepted, so this is a warning.",
        static limits => $"{limits.VideoSideNamed} or {limits.VideoSideNamedToo} px",
        "4.1, 7 line 14 (K-ID against L-CF)",
        "DOC, LIVE",
        RuleStages.Media,
        "GKF4107");

    public IEnumerable<Diagnostic> Check(VideoSubject subject, KlingLimits limits)
    {
        if (subject.Facts?.Video is { } picture
            && VideoDimensionsRule.Allowed(picture.Width, limits)
            && VideoDimensionsRule.Allowed(picture.Height, limits)
            && Math.Min(picture.Width, picture.Height) is var side
            && side != limits.VideoSideNamed
            && side != limits.VideoSideNamedToo)
        {
            yield return RuleDiagnostics.VideoResolution(subject.Place, subject.Shown, picture.Width, picture.Height);
        }
    }
}
