using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Core.Planning.Checking;

/// <summary>Entries made from subtitles have their places in the subtitle file: the flow's own is told beside it.</summary>
internal static class CuePlaces
{
    public static IEnumerable<Diagnostic> Related(Job job, IEnumerable<Diagnostic> problems) => job.Subtitles is not { } subtitles
        ? problems
        : problems.Select(problem => problem.Place?.Span.File == subtitles.File
            ? problem with { Related = [.. problem.Related, new RelatedPlace("The flow names this file here.", subtitles.Place.Span)] }
            : problem);
}
