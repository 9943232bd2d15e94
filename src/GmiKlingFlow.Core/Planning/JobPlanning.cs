using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Core.Planning;

/// <summary>Decides job by job, in the flow's order, what a run will do: what an earlier job of the plan pays for is not paid for again.</summary>
internal sealed class JobPlanning(Flow flow, PlanInputs inputs)
{
    private readonly SyncPayloads payloads = new(inputs.Known, inputs.InlineAudio);
    private readonly Dictionary<string, VideoWork> videos = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> firstJobOf = new(StringComparer.Ordinal);
    private readonly LockedFaces locked = new(inputs.Lock);
    private readonly PlanCounter counter = new();
    private int active;

    public PlannedJob Plan(JobDraft draft)
    {
        var job = Decide(draft);
        counter.Count(job);
        return job;
    }

    public PlanSummary Summary(IReadOnlyList<PlannedJob> jobs) => counter.Summary(jobs.Count, inputs.Prices.Source);

    private PlannedJob Decide(JobDraft draft)
    {
        if ((draft.Job.SkippedBecause ?? inputs.Selection.LeavesOut(draft.Job, draft.Key)) is { } reason)
        {
            return Without(draft, JobAction.Skip, reason, []);
        }

        if (!draft.HasWholeKey)
        {
            return Blocked(draft, draft.Problems);
        }

        var contentKey = JobKeys.Request(ModelNames.LipSync, draft.Key.Value);
        var (action, why) = Standing(draft, contentKey);
        if (action is JobAction.Create or JobAction.Change && draft.HasErrors)
        {
            return Blocked(draft, draft.Problems);
        }

        return action == JobAction.Reuse || active < (inputs.Selection.MaxJobs ?? int.MaxValue)
            ? WithSteps(draft, action, why, contentKey)
            : Without(draft, JobAction.Skip, $"after the first {inputs.Selection.MaxJobs} (--max-jobs)", []);
    }

    private (JobAction Action, string Reason) Standing(JobDraft draft, string contentKey)
    {
        var known = inputs.Known;
        var request = known.Request(contentKey);

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
            _ => NewOrChanged(draft, request),
        };
    }

    private (JobAction Action, string Reason) NewOrChanged(JobDraft draft, KnownRequest? request)
    {
        if (inputs.Known.Job(flow.Name, draft.Job.Id) is { } before && before.Key != draft.Key.Value)
        {
            var changes = KeyChanges.Between(before.KeyParts, draft.Key.Parts);
            return (JobAction.Change, changes.Length == 0 ? "inputs changed" : changes);
        }

        return (JobAction.Create, request switch
        {
            { State: KnownRequestState.Failed, RequestId: { } id } => $"request {id} failed: it is sent again",
            { State: KnownRequestState.Failed } => "its request was refused: it is sent again",
            { State: KnownRequestState.Gone } => $"the result of request {request.RequestId} is gone at the service: it is sent and paid again",
            { State: KnownRequestState.Abandoned, RequestId: { } id } => $"request {id} was given up by hand: it is sent again",
            { State: KnownRequestState.Abandoned } => "its lost request was given up by hand: it is sent again",
            _ => "new",
        });
    }

    private PlannedJob WithSteps(JobDraft draft, JobAction action, string reason, string contentKey)
    {
        var video = Work(draft);
        var planned = WithFaces(draft, video);
        var sends = action is JobAction.Create or JobAction.Change;
        if (sends && planned.IsRefused)
        {
            return Blocked(draft, planned.Problems) with { Session = video.Session };
        }

        // What is sent already no face can stop any more.
        planned = sends ? planned : planned with { Problems = draft.Problems };

        if (action != JobAction.Reuse)
        {
            active++;
        }

        if (sends && video.Session is null && video.Request is { State: KnownRequestState.Unknown })
        {
            (action, reason) = (JobAction.Settle, "nobody knows whether the service took the identify request: it is looked up first");
        }

        if (sends && !firstJobOf.TryAdd(contentKey, draft.Job.Id))
        {
            reason = $"{reason}; shares the request of \"{firstJobOf[contentKey]}\"";
        }

        IReadOnlyList<PlannedStep> steps = [IdentifyStep(video, sends, draft.Job.Id), SyncStep(draft, planned.Payload, sends, contentKey)];
        return new(draft.Job, draft.Key, draft.VideoKey, action, reason, steps)
        {
            Problems = planned.Problems,
            Session = video.Session,
            LockedFaces = video.Locked,
            Faces = planned.Faces,
        };
    }

    private PlannedStep IdentifyStep(VideoWork video, bool sends, string job)
    {
        // A request that may be on its way is waited for or looked up, not sent beside it.
        var isNew = sends && video.Session is null && video.Request is not { State: KnownRequestState.Running or KnownRequestState.Unknown };
        var isFirst = isNew && firstJobOf.TryAdd(video.ContentKey, job);
        return new(
            ModelNames.IdentifyFace,
            isNew ? StepAction.Create : StepAction.Reuse,
            video.Payload,
            video.Unknown,
            isFirst ? inputs.Prices.IdentifyUsd : 0,
            video.ContentKey)
        { PriceUsd = inputs.Prices.IdentifyUsd };
    }

    private PlannedStep SyncStep(JobDraft draft, PayloadValue.Object payload, bool sends, string contentKey)
    {
        var price = Estimates.SyncUsd(draft, inputs);
        var pays = sends && firstJobOf[contentKey] == draft.Job.Id;
        return new(ModelNames.LipSync, sends ? StepAction.Create : StepAction.Reuse, payload, PayloadUnknowns.Of(payload), pays ? price : 0, contentKey) { PriceUsd = price };
    }

    private PlannedSync WithFaces(JobDraft draft, VideoWork video)
    {
        var payload = payloads.Sync(draft.Job, draft.Values);
        if (video.Session is { } known && locked.Difference(draft.Job.Video, draft.VideoKey, known.Faces) is { } difference)
        {
            return new(payload, null, [.. draft.Problems, difference], IsRefused: true);
        }

        List<Diagnostic> problems = [.. draft.Problems];
        if (locked.Problem(draft.Job.Video, draft.VideoKey) is { } notLocked)
        {
            problems.Add(notLocked);
        }

        if ((video.Locked ?? video.Session?.Faces) is not { } faces)
        {
            return new(payload, null, problems, IsRefused: false);
        }

        return SyncResolver.Resolve(draft.Job, payload, faces, video.Session?.Faces ?? faces, inputs.Limits) switch
        {
            SyncResolution.Resolved resolved => new(WithSession(resolved.Payload, video.Session), resolved.Faces, [.. problems, .. resolved.Warnings.Except(problems)], IsRefused: false),
            SyncResolution.Refused refused => new(payload, null, [.. problems, .. refused.Problems.Except(problems)], IsRefused: true),
            var other => throw new InvalidOperationException($"An unknown resolution ({other.GetType().Name})."),
        };
    }

    private static PayloadValue.Object WithSession(PayloadValue.Object payload, KnownSession? session) => session is null ? payload : new(
    [
        .. payload.Members.Select(member => member.Value is PayloadValue.SessionId ? new(member.Key, new PayloadValue.Text(session.SessionId)) : member),
    ]);

    private VideoWork Work(JobDraft draft)
    {
        if (!videos.TryGetValue(draft.VideoKey, out var work))
        {
            var contentKey = JobKeys.Request(ModelNames.IdentifyFace, draft.VideoKey);
            var payload = payloads.Identify(draft.Job.Video);
            IReadOnlyList<Face>? faces = locked.Find(draft.VideoKey) is { } known ? [.. known.Faces.Select(static face => face.Face)] : null;
            work = new(contentKey, payload, PayloadUnknowns.Of(payload), inputs.Known.Session(draft.VideoKey), inputs.Known.Request(contentKey), faces);
            videos.Add(draft.VideoKey, work);
        }

        return work;
    }

    private static PlannedJob Blocked(JobDraft draft, IReadOnlyList<Diagnostic> problems)
    {
        var first = problems.First(problem => problem.Severity == Severity.Error);
        return Without(draft, JobAction.Blocked, $"{first.Code}: {first.Message}", problems);
    }

    private static PlannedJob Without(JobDraft draft, JobAction action, string reason, IReadOnlyList<Diagnostic> problems) =>
        new(draft.Job, draft.Key, draft.VideoKey, action, reason, []) { Problems = problems };

    private sealed record VideoWork(string ContentKey, PayloadValue.Object Payload, IReadOnlyList<string> Unknown, KnownSession? Session, KnownRequest? Request, IReadOnlyList<Face>? Locked);

    private sealed record PlannedSync(PayloadValue.Object Payload, IReadOnlyList<Face>? Faces, IReadOnlyList<Diagnostic> Problems, bool IsRefused);
}
