using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>A job's steps as results tell them, from their records.</summary>
internal sealed class StepResults(RunScope run)
{
    /// <summary>Of a job that was worked on: identify and sync of each pass.</summary>
    public IReadOnlyList<StepResult> Of(JobWork work)
    {
        var steps = new List<StepResult>(2 * work.Job.Passes.Count);
        foreach (var (index, pass) in work.Job.Passes.Index())
        {
            Add(steps, pass, work.Identifies[index], work.Syncs[index]);
        }

        return steps;
    }

    /// <summary>Of a job that was held back after its video was identified.</summary>
    /// <param name="identify">Null where a session tells of it.</param>
    public IReadOnlyList<StepResult> OfUnsent(PlannedJob job, StoredRequest? identify)
    {
        var steps = new List<StepResult>(2 * job.Passes.Count);
        foreach (var (index, pass) in job.Passes.Index())
        {
            Add(steps, pass, index == 0 ? identify : null, null);
        }

        return steps;
    }

    /// <summary>Of a job whose output was there: whatever has become of session and request since, they are not needed again.</summary>
    /// <param name="sync">The last pass's lip-sync.</param>
    public IReadOnlyList<StepResult> OfReused(PlannedJob job, StoredRequest? sync)
    {
        var steps = new List<StepResult>(2 * job.Passes.Count);
        foreach (var (index, pass) in job.Passes.Index())
        {
            Add(steps, pass, null, index == job.Passes.Count - 1 ? sync : Newest(pass.Sync.ContentKey));
        }

        return [.. steps.Select(s => s with { Status = "reused" })];
    }

    private void Add(List<StepResult> steps, PlannedPass pass, StoredRequest? identify, StoredRequest? sync)
    {
        identify ??= run.Store.Sessions.Find(run.Options.Service, pass.VideoKey) is { } session && run.MayUse(session.RunId)
            ? run.Store.Requests.Get(session.Request)
            : null;
        steps.Add(identify is null ? NotSent(ModelNames.IdentifyFace) : Of(identify));
        steps.Add(sync is null ? NotSent(ModelNames.LipSync) : Of(sync));
    }

    private StoredRequest? Newest(string contentKey) =>
        run.Store.Requests.Newest(run.Options.Service, contentKey) is { } request && run.MayUse(request.RunId) ? request : null;

    private StepResult Of(StoredRequest request)
    {
        // Whoever asks first tells the cost; for the others, and for later runs, the step is there already.
        var usd = run.Spending.Claim(request.Row);
        var isReused = request.Model == ModelNames.IdentifyFace && request.State == StepState.Succeeded && usd == 0;
        return new StepResult(
            request.Model,
            request.RequestId,
            isReused ? "reused" : StepTransitions.Word(request.State),
            request.Attempts,
            request.SubmittedAt ?? request.IntentAt,
            request.FinishedAt,
            request is { WorkingAt: { } working, SubmittedAt: { } submitted } ? Math.Max(0, (long)(working - submitted).TotalMilliseconds) : null,
            request.Polls,
            new StepCost(usd, "estimated"))
        {
            Payload = request.PayloadSha256 is null ? null : new SentPayload(() => Payload(request.Row)),
            PayloadSha256 = request.PayloadSha256,
        };
    }

    private string? Payload(long row)
    {
        try
        {
            return run.Store.Requests.Payload(row);
        }
        catch (StateLostException)
        {
            // Results are written all the more when the state is lost.
            return null;
        }
    }

    private static StepResult NotSent(string model) => new(model, null, StepTransitions.Word(StepState.Pending), 0, null, null, null, 0, StepCost.None);
}
