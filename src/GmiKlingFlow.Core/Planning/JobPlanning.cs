using System.Globalization;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Choosing;
using GmiKlingFlow.Core.Planning.Fitting;
using GmiKlingFlow.Core.Planning.Keys;
using GmiKlingFlow.Core.Planning.Shards;

namespace GmiKlingFlow.Core.Planning;

/// <summary>Decides job by job, in the flow's order, what a run will do: what an earlier job of the plan pays for is not paid for again.</summary>
internal sealed class JobPlanning
{
    private const string New = "new";

    private readonly Flow flow;
    private readonly PlanInputs inputs;
    private readonly PassPlanning passPlanning;
    private readonly IdenticalRequests identical;
    private readonly PlanCounter counter = new();
    private int active;

    public JobPlanning(Flow flow, PlanInputs inputs)
    {
        (this.flow, this.inputs, passPlanning) = (flow, inputs, new PassPlanning(inputs));
        identical = new IdenticalRequests(inputs.Known, passPlanning);
    }

    /// <param name="shard">See <see cref="Sharding"/>; null where jobs are not shared out.</param>
    public PlannedJob Plan(JobDraft draft, int? shard)
    {
        var job = Decide(draft, shard) with { Shard = shard };
        counter.Count(job);
        return job;
    }

    public PlanSummary Summary(IReadOnlyList<PlannedJob> jobs) => counter.Summary(jobs.Count, inputs.Prices.Source);

    private PlannedJob Decide(JobDraft draft, int? shard)
    {
        if ((draft.Job.SkippedBecause ?? inputs.Selection.LeavesOut(draft.Job, shard)) is { } reason)
        {
            return Without(draft, JobAction.Skip, reason, []);
        }

        if (!draft.HasWholeKey)
        {
            return Blocked(draft, draft.Problems);
        }

        draft = identical.Of(draft);
        var (action, why) = Standing(draft);
        if (action is JobAction.Create or JobAction.Change && draft.HasErrors)
        {
            return Blocked(draft, draft.Problems);
        }

        return action == JobAction.Reuse || active < (inputs.Selection.MaxJobs ?? int.MaxValue)
            ? WithSteps(draft, action, why)
            : Without(draft, JobAction.Skip, $"after the first {inputs.Selection.MaxJobs} (--max-jobs)", []);
    }

    private (JobAction Action, string Reason) Standing(JobDraft draft)
    {
        var known = inputs.Known;
        var request = known.Request(draft.Passes[^1].SyncKey);

        // A request under way beside an output was sent to replace it (--fresh, then interrupted): it is paid, so it is not left behind.
        if (request?.State != KnownRequestState.Running && known.OutputIsThere(draft.Key.Value, draft.Job.Output))
        {
            return (JobAction.Reuse, "output is there, inputs unchanged");
        }

        return request switch
        {
            { State: KnownRequestState.Unknown } => (JobAction.Settle, "nobody knows whether the service took the request: it is looked up first"),
            { State: KnownRequestState.Running } => (JobAction.Resume, $"request {request.RequestId} is accepted and paid: it is waited for"),
            { State: KnownRequestState.Succeeded } => (JobAction.Resume, $"request {request.RequestId} is done and paid: its result is downloaded again"),
            _ => NewOrChanged(draft, request ?? EarlierFailure(draft)),
        };
    }

    /// <summary>Of the passes before the last, the first that has to be sent again.</summary>
    private KnownRequest? EarlierFailure(JobDraft draft) => draft.Passes.SkipLast(1)
        .Select(pass => inputs.Known.Request(pass.SyncKey))
        .LastOrDefault(request => request is not null && !PassPlanning.IsOnRecord(request));

    private (JobAction Action, string Reason) NewOrChanged(JobDraft draft, KnownRequest? request)
    {
        if (inputs.Known.Job(flow.Name, draft.Job.Id) is { } before && before.Key != draft.Key.Value)
        {
            var changes = KeyChanges.Between(before.KeyParts, draft.Key.Parts);
            return (JobAction.Change, changes.Length == 0 ? "inputs changed" : changes);
        }

        return (JobAction.Create, request switch
        {
            { State: KnownRequestState.Failed, SessionRefused: true } => "the service refused its session: the request is sent again with a new one",
            { State: KnownRequestState.Failed, RequestId: { } id } => $"request {id} failed: it is sent again",
            { State: KnownRequestState.Failed } => "its request was refused: it is sent again",
            { State: KnownRequestState.Gone } => $"the result of request {request.RequestId} is gone at the service: it is sent and paid again",
            { State: KnownRequestState.Abandoned, RequestId: { } id } => $"request {id} was given up by hand: it is sent again",
            { State: KnownRequestState.Abandoned } => "its lost request was given up by hand: it is sent again",
            _ => New,
        });
    }

    private PlannedJob WithSteps(JobDraft draft, JobAction action, string reason)
    {
        var (passes, problems) = passPlanning.Look(draft);
        var sends = action is JobAction.Create or JobAction.Change;
        if (sends && problems.Any(problem => problem.Severity == Severity.Error))
        {
            return Blocked(draft, problems, passPlanning.Locked(draft.VideoKey) ?? passes[0].Session?.Faces) with { Session = passes[0].Session };
        }

        // What is sent already no face can stop any more.
        problems = sends ? problems : draft.Problems;

        if (action != JobAction.Reuse)
        {
            active++;
        }

        passes = passPlanning.Decide(draft, passes, sends);
        if (sends)
        {
            (action, reason) = passes.Count == 1 ? (action, reason) : GoingOn(passes, action, reason);
            if (passes.Index().FirstOrDefault(pass => pass.Item.Sync.Action == StepAction.Create && passPlanning.IsIdentifyUnknown(draft, pass.Index)).Item is not null)
            {
                (action, reason) = (JobAction.Settle, "nobody knows whether the service took the identify request: it is looked up first");
            }

            if (passPlanning.SharedWith(passes[^1].Sync.ContentKey, draft.Job.Id) is { } first)
            {
                reason = $"{reason}; shares the request of \"{first}\"";
            }
        }

        var steps = new PlannedStep[2 * passes.Count];
        for (var i = 0; i < passes.Count; i++)
        {
            (steps[2 * i], steps[(2 * i) + 1]) = (passes[i].Identify, passes[i].Sync);
        }

        return new(draft.Job, draft.Key, draft.VideoKey, action, reason, steps)
        {
            Passes = passes,
            Problems = problems,
            Session = passes[0].Session,
            LockedFaces = passPlanning.Locked(draft.VideoKey),
            Faces = FacesOf(draft.Job, passes),
        };
    }

    /// <summary>What a chained job has behind it already, and goes on from.</summary>
    private (JobAction Action, string Reason) GoingOn(IReadOnlyList<PlannedPass> passes, JobAction action, string reason)
    {
        var done = passes.TakeWhile(pass => pass.Sync.Action == StepAction.Reuse).LastOrDefault();
        if (done is null || inputs.Known.Request(done.Sync.ContentKey) is not { } request)
        {
            return (action, reason);
        }

        var pass = string.Create(CultureInfo.InvariantCulture, $"pass {done.Number} of {passes.Count}");
        return request.State switch
        {
            KnownRequestState.Unknown => (JobAction.Settle, $"nobody knows whether the service took the request of {pass}: it is looked up first"),
            KnownRequestState.Running => (action, $"{Before(reason)}{pass} (request {request.RequestId}) is accepted and paid: it is waited for"),
            _ => (action, $"{Before(reason)}{pass} (request {request.RequestId}) is done and paid"),
        };
    }

    private static string Before(string reason) => reason == New ? "" : $"{reason}; ";

    private static IReadOnlyList<Face>? FacesOf(Job job, IReadOnlyList<PlannedPass> passes)
    {
        var faces = new Face[job.Entries.Count];
        foreach (var pass in passes)
        {
            if (pass.Faces is not { } ofPass)
            {
                return null;
            }

            foreach (var (position, entry) in pass.Entries.Index())
            {
                faces[entry] = ofPass[position];
            }
        }

        return faces;
    }

    private PlannedJob Blocked(JobDraft draft, IReadOnlyList<Diagnostic> problems, IReadOnlyList<Face>? faces = null)
    {
        var first = problems.First(problem => problem.Severity == Severity.Error);
        return Without(draft, JobAction.Blocked, $"{first.Code}: {first.Message}", problems) with { Timings = FitReport.Timings(draft.Job, problems, faces, inputs.Limits) };
    }

    private static PlannedJob Without(JobDraft draft, JobAction action, string reason, IReadOnlyList<Diagnostic> problems) =>
        new(draft.Job, draft.Key, draft.VideoKey, action, reason, []) { Problems = problems };
}
