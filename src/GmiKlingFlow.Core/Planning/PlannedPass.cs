using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Core.Planning;

/// <summary>One pass of a job: a video is identified and lip-synced. A chained job makes one for each face, each on the result of the one before.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Job">The job with this pass's entries only, as this pass sends them.</param>
/// <param name="Entries">Which of the whole job's entries these are.</param>
/// <param name="Key">What this pass's result depends on, all passes before it included.</param>
/// <param name="VideoKey">What identifies the content of the video that the pass works on: the source's, or <c>pass:...</c> for a result.</param>
public sealed record PlannedPass(
    int Number,
    Job Job,
    IReadOnlyList<int> Entries,
    string Key,
    string VideoKey,
    PlannedStep Identify,
    PlannedStep Sync)
{
    /// <summary>The session of this pass's video that the pass is planned with; null where identify has to be asked first.</summary>
    public KnownSession? Session { get; init; }

    /// <summary>The face of each entry of the pass; null while the faces are not known.</summary>
    public IReadOnlyList<Face>? Faces { get; init; }

    /// <summary>Works on the result of another pass, not on the flow's video.</summary>
    public bool IsLater => Number > 1;
}
