using System.Globalization;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Core.Planning.Choosing;

/// <summary>A face that can't be told (GKF6xxx): one method per code. Each brings the table of faces as its hint.</summary>
internal static class FaceDiagnostics
{
    private const int LongestSource = 80;

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

    /// <param name="lockFile">As it is shown to people.</param>
    /// <param name="locked">Where the lock names the video.</param>
    public static Diagnostic LockStale(Place? at, string source, string lockFile, SourceSpan? locked) => Warning("GKF6010", at,
        $"\"{Quoted(source)}\" is not the video that {lockFile} speaks of: its content changed. Identify again; until then its faces count as unknown.",
        locked, "The lock was made for another content.");

    /// <param name="lockFile">As it is shown to people.</param>
    public static Diagnostic NotLocked(Place? at, string source, string lockFile) => Warning("GKF6011", at,
        $"\"{Quoted(source)}\" is not in {lockFile}, so its faces count as unknown. Identify again to have them reviewed.", null, "");

    /// <param name="differences">The table of both.</param>
    /// <param name="isSimulated">Whether the lock holds what a simulator found.</param>
    public static Diagnostic FacesDiffer(Place? at, string source, string lockFile, bool isSimulated, SourceSpan? locked, string differences) =>
        new(LockedFaces.DifferenceCode, Severity.Error, isSimulated
                ? $"The faces of \"{Quoted(source)}\" in {lockFile} come from a simulation, and identify found others. Identify again, or add --update-lock."
                : $"Identify found other faces in \"{Quoted(source)}\" than {lockFile} has. Look at them, then identify again or add --update-lock.", at, differences)
        {
            Related = Related(locked, "The locked faces."),
        };

    /// <param name="source">The first of the videos whose faces differ.</param>
    public static Diagnostic HeldBack(Place? at, string video, string source) => new("GKF6013", Severity.Error,
        $"\"{Quoted(video)}\" was held back: nothing is spent on lip-sync while the faces of \"{Quoted(source)}\" differ from the lock. Settle that, then run again.", at);

    /// <param name="lockFile">As it is shown to people.</param>
    public static Diagnostic VideosDiffer(int videos, string lockFile) => new("GKF6014", Severity.Error,
        $"Identify found other faces in {Number(videos)} videos than {lockFile} has. Look at them, then identify again or add --update-lock.", null);

    private static Diagnostic Warning(string code, Place? at, string message, SourceSpan? locked, string related) =>
        new(code, Severity.Warning, message, at) { Related = Related(locked, related) };

    private static IReadOnlyList<RelatedPlace> Related(SourceSpan? span, string message) => span is null ? [] : [new RelatedPlace(message, span)];

    private static string Quoted(string text) => text.Length <= LongestSource ? text : $"{text[..LongestSource]}…";

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
