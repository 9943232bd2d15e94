using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Rules;

/// <summary>A source video lasts 2 to 60 s (api-contract 4.1, "Duration").</summary>
internal sealed class VideoDurationRule : IRule<VideoSubject>
{
    public IEnumerable<Diagnostic> Check(VideoSubject subject, KlingLimits limits)
    {
        if ((subject.Facts?.Duration ?? subject.Duration) is not { } duration)
        {
            yield break;
        }

        if (duration < limits.VideoShortest)
        {
            yield return RuleDiagnostics.VideoTooShort(subject.Place, subject.Shown, duration, limits.VideoShortest);
        }
        else if (duration > limits.VideoLongest)
        {
            yield return RuleDiagnostics.VideoTooLong(subject.Place, subject.Shown, duration, limits.VideoLongest);
        }
    }
}
