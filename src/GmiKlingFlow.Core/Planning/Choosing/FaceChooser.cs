using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Core.Planning.Choosing;

/// <summary>Picks the face that a flow's selectors mean among those that identify found (product 3.2).</summary>
public static class FaceChooser
{
    /// <param name="clip">Where the entry's clip plays; decides between the selectors of a name that has several. Null while it is unknown.</param>
    public static FaceChoice Choose(FaceName name, IReadOnlyList<Face> faces, TimeRange? clip)
    {
        if (faces.Count == 0)
        {
            return new FaceChoice.Refused(FaceDiagnostics.NoFaces(name.Place, name.Name));
        }

        var candidates = new List<Face>(name.Selectors.Count);
        foreach (var selector in name.Selectors)
        {
            switch (One(name, selector, faces))
            {
                case FaceChoice.Chosen chosen when !candidates.Exists(face => face.Id == chosen.Face.Id):
                    candidates.Add(chosen.Face);
                    break;
                case FaceChoice.Refused refused:
                    return refused;
            }
        }

        return candidates.Count == 1 ? new FaceChoice.Chosen(candidates[0]) : Fitting(name, candidates, clip);
    }

    /// <returns>By start time and then id: the order that <c>index</c> counts in. Ids that are numbers are ordered as such.</returns>
    public static IReadOnlyList<Face> InOrder(IReadOnlyList<Face> faces) =>
    [
        .. faces
            .OrderBy(face => face.Visible.Start)
            .ThenBy(face => IsNumber(face.Id) ? face.Id.TrimStart('0').Length : int.MaxValue)
            .ThenBy(face => IsNumber(face.Id) ? face.Id.TrimStart('0') : face.Id, StringComparer.Ordinal),
    ];

    private static FaceChoice One(FaceName name, FaceSelector selector, IReadOnlyList<Face> faces)
    {
        var found = selector switch
        {
            FaceSelector.ById byId => faces.Where(face => string.Equals(face.Id, byId.Id, StringComparison.Ordinal)).ToList(),
            FaceSelector.Only => [.. faces],
            FaceSelector.At at => [.. faces.Where(face => face.Visible.Contains(at.Moment))],
            FaceSelector.Longest => Largest(faces, face => face.Visible.Length),
            FaceSelector.ByIndex byIndex => byIndex.Index >= 0 && byIndex.Index < faces.Count ? [InOrder(faces)[byIndex.Index]] : [],
            FaceSelector.Overlaps overlaps => [.. Largest(faces, face => face.Visible.Overlap(overlaps.Range)).Where(face => face.Visible.Overlap(overlaps.Range) > TimeSpan.Zero)],
            _ => throw new ArgumentOutOfRangeException(nameof(selector), selector, "An unknown selector."),
        };
        return found.Count == 1 ? new FaceChoice.Chosen(found[0]) : new FaceChoice.Refused(Problem(name.Place, selector, found, faces));
    }

    private static Diagnostic Problem(Place at, FaceSelector selector, IReadOnlyList<Face> found, IReadOnlyList<Face> faces) => selector switch
    {
        FaceSelector.Only => FaceDiagnostics.NotOnly(at, faces),
        FaceSelector.ById byId when found.Count == 0 => FaceDiagnostics.NoSuchId(at, byId.Id, faces),
        FaceSelector.ByIndex byIndex => FaceDiagnostics.NoSuchIndex(at, byIndex.Index, faces),
        _ when found.Count == 0 => FaceDiagnostics.NoneMatches(at, SelectorText.Of(selector), faces),
        _ => FaceDiagnostics.SeveralMatch(at, SelectorText.Of(selector), found, faces),
    };

    private static FaceChoice Fitting(FaceName name, IReadOnlyList<Face> candidates, TimeRange? clip)
    {
        if (clip is not { } range)
        {
            return new FaceChoice.Refused(FaceDiagnostics.ClipUnknown(name.Place, name.Name, candidates));
        }

        var best = Largest(candidates, face => face.Visible.Overlap(range));
        if (best[0].Visible.Overlap(range) == TimeSpan.Zero)
        {
            return new FaceChoice.Refused(FaceDiagnostics.NoneFits(name.Place, name.Name, range, candidates));
        }

        return best.Count == 1
            ? new FaceChoice.Chosen(best[0])
            : new FaceChoice.Refused(FaceDiagnostics.SeveralFit(name.Place, name.Name, range, candidates));
    }

    private static List<Face> Largest(IReadOnlyList<Face> faces, Func<Face, TimeSpan> measure)
    {
        var most = faces.Max(measure);
        return [.. faces.Where(face => measure(face) == most)];
    }

    private static bool IsNumber(string id) => id.Length is > 0 and < 20 && id.All(char.IsAsciiDigit);
}
