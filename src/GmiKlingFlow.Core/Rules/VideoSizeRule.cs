using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Rules;

/// <summary>A source video is at most 100 MB (api-contract 4.1, "File size").</summary>
internal sealed class VideoSizeRule : IRule<VideoSubject>
{
    public IEnumerable<Diagnostic> Check(VideoSubject subject, KlingLimits limits)
    {
        if (subject.Facts is { } facts && facts.Bytes > limits.VideoBytes)
        {
            yield return RuleDiagnostics.VideoTooLarge(subject.Place, subject.Shown, facts.Bytes, limits.VideoBytes);
        }
    }
}
