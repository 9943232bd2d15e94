using System.Collections.Concurrent;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Choosing;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>
/// Holds what identify finds against the faces lock (product 5). Every locked video that will be synced is identified first; where one differs, the run
/// spends nothing on sync, on no video: somebody has reviewed the flow as a whole. What was paid for before is followed to its end.
/// </summary>
internal sealed class LockGuard(RunScope run, Plan plan, VideoSessions sessions)
{
    private readonly LockedFaces locked = new(plan.Lock);
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, Seen> seen = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (Video Video, Diagnostic Problem)> differences = new(StringComparer.Ordinal);

    /// <summary>Done when nothing stands in the way of spending any more, or everything; never faulted.</summary>
    public Task Checked => done.Task;

    public static bool Sends(PlannedJob job) => job.Steps is [.., { Model: ModelNames.LipSync, Action: StepAction.Create }];

    // A chained job that goes on from an earlier pass has no more use for a session of its source.
    private static bool SyncsSource(PlannedJob job) => job.Passes is [{ Sync.Action: StepAction.Create }, ..];

    public async Task CheckAsync()
    {
        try
        {
            PlannedJob[] jobs = [.. plan.Jobs.Where(job => SyncsSource(job) && (job.LockedFaces is not null || run.Options.AcceptFaces is not null)).DistinctBy(static job => job.VideoKey)];
            await Parallel.ForEachAsync(jobs, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, run.Options.Concurrency) }, async (job, _) => await LookAsync(job));
            if (run.Options.AcceptFaces is { } accept)
            {
                await AcceptAsync(jobs, accept);
            }
            else
            {
                Tell();
            }
        }
        catch (StateLostException lost)
        {
            run.Stop.StateIsLost(lost.Failure);
        }
        catch (OperationCanceledException)
        {
            // Cut off by the end of the run.
        }
        catch (Exception e)
        {
            // Faces that could not be held against the lock are not spent on.
            run.Stop.StateIsLost(StateFailures.Bug($"{e.GetType().Name}: {e.Message}"));
        }
        finally
        {
            done.SetResult();
        }
    }

    /// <returns>Why a job is not sent though nothing is wrong with it or with the service; null when it may be.</returns>
    public Diagnostic? HoldsBack(PlannedJob job)
    {
        if (!Sends(job) || differences.IsEmpty)
        {
            return null;
        }

        return differences.TryGetValue(job.VideoKey, out var own) ? own.Problem : LockedFaces.HeldBack(job.Job.Video, First().Video);
    }

    /// <summary>The same at the last moment, with the session that the request would name.</summary>
    public Diagnostic? Refuses(PlannedJob job, IReadOnlyList<Face> faces)
    {
        if (job.LockedFaces is not null && locked.Difference(job.Job.Video, job.VideoKey, faces) is { } difference)
        {
            differences[job.VideoKey] = (job.Job.Video, difference);
            Tell();
            return difference;
        }

        return HoldsBack(job);
    }

    /// <summary>Whether this run has asked for the faces of the job's video here, and not in the job.</summary>
    public bool Looked(PlannedJob job) => seen.ContainsKey(job.VideoKey);

    /// <returns>The identify of the job's video where it came to no session; null where a session tells of it.</returns>
    public StoredRequest? IdentifyOf(PlannedJob job) => seen.TryGetValue(job.VideoKey, out var known) ? known.Unfinished : null;

    private async Task LookAsync(PlannedJob job)
    {
        var row = run.Store.Jobs.Find(run.Options.Service, plan.Flow.Name, job.Job.Id)?.Row
            ?? throw new InvalidOperationException("A job that was just enlisted is not on record.");
        var (session, end) = await sessions.GetAsync(job, row);
        seen[job.VideoKey] = new Seen(session, end?.Request);
        if (session is not null && locked.Difference(job.Job.Video, job.VideoKey, session.Faces) is { } difference)
        {
            differences[job.VideoKey] = (job.Job.Video, difference);
        }
    }

    private async Task AcceptAsync(PlannedJob[] jobs, Func<IReadOnlyList<IdentifiedVideo>, CancellationToken, Task<Failure?>> accept)
    {
        List<IdentifiedVideo> videos = [];
        foreach (var job in jobs)
        {
            if (seen.TryGetValue(job.VideoKey, out var known) && known.Session is { } session)
            {
                videos.Add(new IdentifiedVideo(job.Job.Video, job.VideoKey, session.SessionId, session.Faces, IsReused: job.Session is not null, null));
            }
        }

        if (videos.Count > 0 && await accept(videos, run.Stop.Submitting) is { } failure)
        {
            run.Stop.StateIsLost(failure);
        }
    }

    private void Tell()
    {
        if (!differences.IsEmpty)
        {
            run.Stop.FacesDiffer(JobError.Of(locked.Refusal([.. InOrder().Select(static found => found.Problem)])).ToFailure());
        }
    }

    private (Video Video, Diagnostic Problem) First() => InOrder().First();

    private IEnumerable<(Video Video, Diagnostic Problem)> InOrder() =>
        plan.Jobs.Select(static job => job.VideoKey).Distinct(StringComparer.Ordinal).Where(differences.ContainsKey).Select(key => differences[key]);

    /// <param name="Unfinished">Its record where it came to no session.</param>
    private sealed record Seen(StoredSession? Session, StoredRequest? Unfinished);
}
