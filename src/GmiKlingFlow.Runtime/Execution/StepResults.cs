using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>A job's steps as results tell them, from their records.</summary>
internal sealed class StepResults(RunScope run)
{
    /// <param name="sync">The job's own request; null when it came to none.</param>
    /// <param name="identify">The identify that the job waited for; null when it found a session.</param>
    public IReadOnlyList<StepResult> Of(PlannedJob job, StoredRequest? identify, StoredRequest? sync)
    {
        var steps = new List<StepResult>(2);
        if (job.Steps.Any(s => s.Model == ModelNames.IdentifyFace))
        {
            identify ??= run.Store.Sessions.Find(run.Options.Service, job.VideoKey) is { } session && run.MayUse(session.RunId)
                ? run.Store.Requests.Get(session.Request)
                : null;
            steps.Add(identify is null ? NotSent(ModelNames.IdentifyFace) : Of(identify));
        }

        steps.Add(sync is null ? NotSent(ModelNames.LipSync) : Of(sync));
        return steps;
    }

    /// <summary>Of a job whose output was there: whatever has become of session and request since, they are not needed again.</summary>
    public IReadOnlyList<StepResult> OfReused(PlannedJob job, StoredRequest? sync) => [.. Of(job, null, sync).Select(s => s with { Status = "reused" })];

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
            new StepCost(usd, "estimated"));
    }

    private static StepResult NotSent(string model) => new(model, null, StepTransitions.Word(StepState.Pending), 0, null, null, null, 0, StepCost.None);
}
