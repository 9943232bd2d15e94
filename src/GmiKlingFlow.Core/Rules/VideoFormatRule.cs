using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Media;

namespace GmiKlingFlow.Core.Rules;

/// <summary>A source video is mp4 or mov (api-contract 4.1, "Format").</summary>
internal sealed class VideoFormatRule : IRule<VideoSubject>
{
    public IEnumerable<Diagnostic> Check(VideoSubject subject, KlingLimits limits)
    {
        if (subject.Facts is { Container: not (MediaContainer.Mp4 or MediaContainer.Mov) } facts)
        {
            yield return RuleDiagnostics.VideoFormat(subject.Place, subject.Shown, facts.Container);
        }
    }
}
