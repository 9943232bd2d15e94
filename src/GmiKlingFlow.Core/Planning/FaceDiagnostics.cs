using System.Globalization;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Core.Planning;

/// <summary>A face that can't be told (GKF6xxx): one method per code. Each brings the table of faces as its hint.</summary>
internal static class FaceDiagnostics
{
    public static Diagnostic NoFaces(Place? at, string name) => Error("GKF6001", at,
        $"\"{name}\" can't be chosen: no face was found in the video. Use a video that shows a face larger and from the front.", []);

    public static Diagnostic NoSuchId(Place? at, string id, IReadOnlyList<Face> faces) => Error("GKF6002", at,
        NearestName.Of(id, faces.Select(face => face.Id)) is { } nearest
            ? $"\"{id}\" is not the id of a face in this video. Did you mean \"{nearest}\"?"
            : $"\"{id}\" is not the id of a face in this video. Use an id from the table.", faces);

    public static Diagnostic NotOnly(Place? at, IReadOnlyList<Face> faces) => Error("GKF6003", at,
        $"\"only: true\" needs exactly one face, and there are {Number(faces.Count)}. Choose one by \"id\" or \"at\".", faces);

    public static Diagnostic NoSuchIndex(Place? at, int index, IReadOnlyList<Face> faces) => Error("GKF6004", at,
        $"\"index: {Number(index)}\" is not there: {Number(faces.Count)} {(faces.Count == 1 ? "face was" : "faces were")} found. Use 0 to {Number(Math.Max(0, faces.Count - 1))}.", faces);

    public static Diagnostic NoneMatches(Place? at, string selector, IReadOnlyList<Face> faces) => Error("GKF6005", at,
        $"\"{selector}\" matches no face. Use a time at which a face is seen, or an id from the table.", faces);

    public static Diagnostic SeveralMatch(Place? at, string selector, IReadOnlyList<Face> matching, IReadOnlyList<Face> faces) => Error("GKF6006", at,
        $"\"{selector}\" matches {Number(matching.Count)} faces ({Ids(matching)}). Choose one by \"id\".", faces);

    public static Diagnostic NoneFits(Place? at, string name, TimeRange clip, IReadOnlyList<Face> candidates) => Error("GKF6007", at,
        $"\"{name}\" is not seen while the clip plays ({Range(clip)}). Move the clip, or add the interval's selector to the name.", candidates);

    public static Diagnostic SeveralFit(Place? at, string name, TimeRange clip, IReadOnlyList<Face> candidates) => Error("GKF6008", at,
        $"\"{name}\" means several faces that fit the clip ({Range(clip)}) equally well. Move the clip, or choose one by \"id\".", candidates);

    public static Diagnostic ClipUnknown(Place? at, string name, IReadOnlyList<Face> candidates) => Error("GKF6009", at,
        $"\"{name}\" means several faces, and the clip's times depend on the chosen one. Give the times without \"face\", or one selector.", candidates);

    private static Diagnostic Error(string code, Place? at, string message, IReadOnlyList<Face> faces) =>
        new(code, Severity.Error, message, at, FaceTable.Of(faces));

    private static string Ids(IReadOnlyList<Face> faces)
    {
        var shown = string.Join(", ", faces.Take(5).Select(face => $"\"{face.Id}\""));
        return faces.Count > 5 ? $"{shown}, …" : shown;
    }

    private static string Range(TimeRange range) => $"{Number(Milliseconds.Of(range.Start))}-{Number(Milliseconds.Of(range.End))} ms";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
