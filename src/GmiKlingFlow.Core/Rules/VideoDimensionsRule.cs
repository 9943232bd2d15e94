using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Rules;

/// <summary>Width and height are each 512 to 2160 px (api-contract 4.1, "Resolution").</summary>
internal sealed class VideoDimensionsRule : IRule<VideoSubject>
{
    public RuleCard Card => new(
        "video",
        "Width and height, as displayed, are each within bounds.",
        static limits => $"{limits.VideoSideSmallest} to {limits.VideoSideLargest} px",
        "4.1 (K-ID; a 512x910 source went through: L-CF)",
        "DOC, LIVE",
        RuleStages.Media,
        "GKF4106");

    public IEnumerable<Diagnostic> Check(VideoSubject subject, KlingLimits limits)
    {
        if (subject.Facts?.Video is { } picture && !(Allowed(picture.Width, limits) && Allowed(picture.Height, limits)))
        {
            yield return RuleDiagnostics.VideoDimensions(
                subject.Place, subject.Shown, picture.Width, picture.Height, limits.VideoSideSmallest, limits.VideoSideLargest);
        }
    }

    internal static bool Allowed(int side, KlingLimits limits) => side >= limits.VideoSideSmallest && side <= limits.VideoSideLargest;
}
