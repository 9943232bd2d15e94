using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Choosing;
using GmiKlingFlow.Core.Planning.Fitting;
using GmiKlingFlow.Core.Planning.Keys;
using GmiKlingFlow.Core.Planning.Shards;

namespace GmiKlingFlow.Core.Planning;

/// <summary>One job of a plan.</summary>
/// <param name="VideoKey">What identifies the video's content: <c>sha256:...</c>, or <c>url:...</c> without volatile signature parameters. One identify per key.</param>
/// <param name="Reason">Why this action, in words for people.</param>
/// <param name="Steps">Identify first, then sync, for each pass in turn; empty for a skipped or a blocked job, which send nothing.</param>
public sealed record PlannedJob(
    Job Job,
    JobKey Key,
    string VideoKey,
    JobAction Action,
    string Reason,
    IReadOnlyList<PlannedStep> Steps)
{
    /// <summary>What was found about the job, its video and its audio; with an error in it where the job is blocked.</summary>
    public IReadOnlyList<Diagnostic> Problems { get; init; } = [];

    /// <summary>The shard that the job belongs to, from 1, whichever the plan is for; null where jobs are not shared out, and for one left out by <c>when</c>.</summary>
    public int? Shard { get; init; }

    /// <summary>The same steps pass by pass: one, or with <c>multi_face: chain</c> one for each face. Empty where there are no steps.</summary>
    public IReadOnlyList<PlannedPass> Passes { get; init; } = [];

    /// <summary>Sends more than one face in one request, which GMI documents and Kling does not (api-contract 7, line 3).</summary>
    public bool HasFacesTogether => Passes.Count == 1 && JobPasses.HasSeveralFaces(Job);

    /// <summary>The session whose faces the job is planned with; null where identify has to be asked first.</summary>
    public KnownSession? Session { get; init; }

    /// <summary>The reviewed faces that the job is planned with, and that identify has to find again; null where the video is not locked.</summary>
    public IReadOnlyList<Face>? LockedFaces { get; init; }

    /// <summary>When each entry's clip would play, where the job is blocked because one does not fit; else empty.</summary>
    public IReadOnlyList<EntryTiming> Timings { get; init; } = [];

    /// <summary>The face chosen for each entry; null while the faces are not known.</summary>
    public IReadOnlyList<Face>? Faces { get; init; }
}
