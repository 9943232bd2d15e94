using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Core.Planning;

/// <summary>One job of a plan.</summary>
/// <param name="VideoKey">What identifies the video's content: <c>sha256:...</c>, or <c>url:...</c> without volatile signature parameters. One identify per key.</param>
/// <param name="Reason">Why this action, in words for people.</param>
/// <param name="Steps">Identify first, then sync; empty for a skipped job.</param>
public sealed record PlannedJob(
    Job Job,
    JobKey Key,
    string VideoKey,
    JobAction Action,
    string Reason,
    IReadOnlyList<PlannedStep> Steps);
