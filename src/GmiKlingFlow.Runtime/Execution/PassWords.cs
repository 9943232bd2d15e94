using System.Globalization;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>What an error means for a job of several faces: added to the error's own hint.</summary>
internal static class PassWords
{
    // Parameters refused, refused, failed: what a service that takes one person only may say to several.
    private static readonly string[] MayMeanTooManyFaces = ["GKF7020", "GKF7025", "GKF7050"];

    /// <returns>The pass's number for those who show it; null for the only one.</returns>
    public static int? Numbered(PlannedJob job, PlannedPass pass) => job.Passes.Count > 1 ? pass.Number : null;

    public static JobError Tell(JobWork work, StepEnd.Failed end) =>
        (OneAtATime(work, end) ?? Kept(work)) is { } more
            ? end.Error with { Hint = end.Error.Hint is { Length: > 0 } hint ? $"{hint}\n{more}" : more }
            : end.Error;

    private static string? OneAtATime(JobWork work, StepEnd.Failed end) =>
        work.Job.HasFacesTogether && end.Request is { Model: ModelNames.LipSync, State: StepState.Failed or StepState.Rejected } && MayMeanTooManyFaces.Contains(end.Error.Code)
            ? "The request was for several faces, and Kling speaks of one person: with run.multi_face: chain each face has a pass of its own."
            : null;

    private static string? Kept(JobWork work)
    {
        var done = work.Syncs.TakeWhile(sync => sync?.State == StepState.Succeeded).Count();
        return done == 0 || done == work.Syncs.Length ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"{(done == 1 ? "Pass 1 is" : $"Passes 1 to {done} are")} done, paid and kept: the next run goes on with pass {done + 1} of {work.Syncs.Length}.");
    }
}
