using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Rules;

/// <summary>A source video is at most 100 MB (api-contract 4.1, "File size").</summary>
internal sealed class VideoSizeRule : IRule<VideoSubject>
{
    public RuleCard Card => new(
        "video",
        "A source video is not too large.",
        static limits => LimitText.Most(limits.VideoBytes),
        "4.1 (K-ID)",
        "DOC",
        RuleStages.Media,
        "GKF4103");

    public IEnumerable<Diagnostic> Check(VideoSubject subject, KlingLimits limits)
    {
        if (subject.Facts is { } facts && facts.Bytes > limits.VideoBytes)
        {
            yield return RuleDiagnostics.VideoTooLarge(subject.Place, subject.Shown, facts.Bytes, limits.VideoBytes);
        }
    }
}
