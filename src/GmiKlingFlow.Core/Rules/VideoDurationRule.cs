using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Rules;

/// <summary>A source video lasts 2 to 60 s (api-contract 4.1, "Duration").</summary>
internal sealed class VideoDurationRule : IRule<VideoSubject>
{
    public RuleCard Card => new(
        "video",
        "A source video lasts long enough, and not too long.",
        static limits => LimitText.Range(limits.VideoShortest, limits.VideoLongest),
        "4.1 (K-ID)",
        "DOC",
        RuleStages.Text | RuleStages.Media,
        "GKF4104", "GKF4105");

    public IEnumerable<Diagnostic> Check(VideoSubject subject, KlingLimits limits)
    {
        if ((subject.Facts?.Duration ?? subject.Duration) is not { } whole)
        {
            yield break;
        }

        // Sound may outlast the picture: which of the two Kling measures is not said, so both must fit.
        var picture = subject.Facts?.Video?.Duration ?? whole;
        var (shorter, longer) = picture < whole ? (picture, whole) : (whole, picture);
        if (shorter < limits.VideoShortest)
        {
            yield return RuleDiagnostics.VideoTooShort(subject.Place, subject.Shown, shorter, limits.VideoShortest);
        }

        if (longer > limits.VideoLongest)
        {
            yield return RuleDiagnostics.VideoTooLong(subject.Place, subject.Shown, longer, limits.VideoLongest);
        }
    }
}
