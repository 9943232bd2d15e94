using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Payloads;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>One identify for each video, and none while its session is good.</summary>
internal sealed class VideoSessions(RunScope run, RequestExecutor requests, SourceUploads uploads)
{
    /// <summary>The session of a job's own video.</summary>
    public Task<(StoredSession? Session, StepEnd? End)> GetAsync(PlannedJob job, long jobRow) =>
        GetAsync(job, job.Passes[0], jobRow, static () => throw new InvalidOperationException("The flow's own videos are no results."));

    /// <param name="before">Brings about the video of a later pass, or tells how the step ends that needs it.</param>
    /// <returns>A session that is good now, or how its identify ended.</returns>
    public async Task<(StoredSession? Session, StepEnd? End)> GetAsync(PlannedJob job, PlannedPass pass, long jobRow, Func<Task<(PassResult? Result, StepEnd? End)>> before)
    {
        // Twice: an identify of an earlier run that is taken up again may bring a session that is too old already.
        for (var tries = 0; tries < 2; tries++)
        {
            if (Good(pass.VideoKey) is { } session)
            {
                return (session, null);
            }

            if (await requests.RunAsync(Identify(job, pass, jobRow, before)) is var end and not StepEnd.Succeeded)
            {
                return (null, end);
            }
        }

        return Good(pass.VideoKey) is { } good
            ? (good, null)
            : (null, new StepEnd.Failed(null, JobError.Of(StateFailures.Bug("a session that was just opened is too old"))));
    }

    /// <summary>The session of a video that can be used now; null when there is none.</summary>
    public StoredSession? Good(string videoKey) =>
        Newest(videoKey) is { } session && IsGood(session) ? session : null;

    public bool IsGood(StoredSession session) =>
        SessionLife.IsGood(session.IdentifiedAt, run.Now, run.Options.Limits) && run.Store.Sessions.IsKept(run.Options.Service, session.SessionId);

    /// <summary>The session that a video had last, too old or not: the faces are those of its content.</summary>
    public StoredSession? Newest(string videoKey) =>
        run.Store.Sessions.Find(run.Options.Service, videoKey) is { } session && run.MayUse(session.RunId) ? session : null;

    public static bool HasSameFaces(IReadOnlyList<Face> some, IReadOnlyList<Face> others) =>
        some.Count == others.Count && some.All(face => others.Any(other => other.Id == face.Id && other.Visible == face.Visible));

    /// <summary>A payload that was planned with a session, in the one that is good now.</summary>
    public static PayloadValue.Object InSession(PayloadValue.Object payload, KnownSession? planned, StoredSession session) => planned is null || planned.SessionId == session.SessionId
        ? payload
        : new PayloadValue.Object(
        [
            .. payload.Members.Select(m => m is { Key: "session_id", Value: PayloadValue.Text }
                ? KeyValuePair.Create<string, PayloadValue>(m.Key, new PayloadValue.Text(session.SessionId))
                : m),
        ]);

    // A new one would most likely be refused as well, and is paid for: it is left to the next run.
    private bool WasRefused(PlannedPass pass) =>
        run.Store.Requests.Newest(run.Options.Service, pass.Identify.ContentKey)
            is { State: StepState.Succeeded, IntentAt: { } openedAt } identify
        && identify.RunId == run.RunId && SessionLife.IsGood(openedAt, run.Now, run.Options.Limits);

    private StepSpec Identify(PlannedJob job, PlannedPass pass, long jobRow, Func<Task<(PassResult? Result, StepEnd? End)>> before)
    {
        var step = pass.Identify;
        return new StepSpec(job.Job.Id, jobRow, job.Key.Value, step.Model, step.ContentKey, step.PriceUsd, pass.VideoKey, async () =>
        {
            // Nobody else identifies this video now. Another job may have done so since this one looked, and its session may be open or refused.
            if (Good(pass.VideoKey) is { } open && run.Store.Requests.Get(open.Request) is { } opened)
            {
                return new Preparation.Ended(new StepEnd.Succeeded(opened));
            }

            if (WasRefused(pass))
            {
                return new Preparation.Ended(new StepEnd.Failed(null, JobError.Of(ServiceFailures.SessionRefused("it was opened by this run"))));
            }

            var (result, end) = pass.IsLater ? await before() : (null, await uploads.EnsureAsync(job.Job, step.Payload));
            return end is not null
                ? new Preparation.Ended(end)
                : new Preparation.Ready(
                    static () => true,
                    () => PayloadWriter.RequestBody(step.Model, step.Payload, new PayloadFill(null, uploads.Address) { PassResult = result?.Url }),
                    body => new RequestCheck(result?.Video ?? job.Job.Video, pass.Job.Entries, job.Job.Place, run.Options.Limits, run.Now).Identify(body));
        })
        { Pass = PassWords.Numbered(job, pass), Rank = run.Order.RankOfIdentify(job.Job) };
    }
}
