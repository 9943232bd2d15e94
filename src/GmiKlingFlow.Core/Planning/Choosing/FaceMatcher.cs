using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Core.Planning.Choosing;

/// <summary>Finds a face of the source again in the result of a pass, where the service may call it otherwise. Never a guess.</summary>
internal static class FaceMatcher
{
    /// <summary>Identify is some milliseconds off (api-contract 4.2), and a result a little shorter than its source (8, trap 21).</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(100);

    /// <param name="face">What the flow's selectors chose among <paramref name="source"/>.</param>
    /// <param name="source">All faces of the source.</param>
    /// <param name="found">All faces of the result.</param>
    public static FaceChoice Match(FaceName name, Face face, IReadOnlyList<Face> source, IReadOnlyList<Face> found)
    {
        if (ByMoment(name, found) is { } asked && (IsNear(face, asked) || !source.Any(other => other.Id != face.Id && IsNear(other, asked))))
        {
            return new FaceChoice.Chosen(asked);
        }

        var candidates = found.Where(candidate => IsNear(face, candidate)).ToList();
        var twins = source.Where(other => IsNear(face, other)).ToList();
        return (twins.Count, candidates.Count) switch
        {
            (_, 0) => new FaceChoice.Refused(PlanDiagnostics.FaceLostInPass(name.Place, name.Name, face.Visible, found)),
            (1, 1) => new FaceChoice.Chosen(candidates[0]),

            // Seen at the same time, only their ids tell them apart: believed where the service gave all of them the same ones again.
            _ when twins.Select(twin => twin.Id).ToHashSet(StringComparer.Ordinal).SetEquals(candidates.Select(candidate => candidate.Id)) =>
                new FaceChoice.Chosen(candidates.First(candidate => candidate.Id == face.Id)),
            _ => new FaceChoice.Refused(PlanDiagnostics.FaceAmbiguousInPass(name.Place, name.Name, face.Visible, found)),
        };
    }

    // What names a moment can be asked again; ids, places in the list and "the longest" are only good for the list they were made for.
    private static Face? ByMoment(FaceName name, IReadOnlyList<Face> found) =>
        name.Selectors is [FaceSelector.At or FaceSelector.Overlaps] && FaceChooser.Choose(name, found, clip: null) is FaceChoice.Chosen chosen ? chosen.Face : null;

    private static bool IsNear(Face one, Face other) =>
        (one.Visible.Start - other.Visible.Start).Duration() <= Tolerance && (one.Visible.End - other.Visible.End).Duration() <= Tolerance;
}
