using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Core.Planning.Choosing;

/// <summary>Selectors that name a time at which the video has ended: no face can match, and identify would be paid for nothing.</summary>
internal static class SelectorsPastEnd
{
    public static IEnumerable<Diagnostic> Of(FaceName face, Video video)
    {
        if ((video.Source.Media?.Duration ?? video.Duration) is not { } duration)
        {
            yield break;
        }

        foreach (var selector in face.Selectors)
        {
            var earliest = selector switch
            {
                FaceSelector.At at => at.Moment,
                FaceSelector.Overlaps overlaps => overlaps.Range.Start,
                _ => TimeSpan.Zero,
            };
            if (earliest > duration)
            {
                yield return PlanDiagnostics.SelectorPastEnd(face.Place, SelectorText.Of(selector), video.Name, Milliseconds.Of(duration));
            }
        }
    }
}
