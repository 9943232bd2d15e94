using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>One identify for each video, and none while its session is good.</summary>
internal sealed class VideoSessions(RunScope run, RequestExecutor requests, SourceUploads uploads, PlanPrices prices)
{
    /// <returns>A session that is good now, or how its identify ended.</returns>
    public async Task<(StoredSession? Session, StepEnd? End)> GetAsync(PlannedJob job, long jobRow)
    {
        // Twice: an identify of an earlier run that is taken up again may bring a session that is too old already.
        for (var tries = 0; tries < 2; tries++)
        {
            if (Good(job.VideoKey) is { } session)
            {
                return (session, null);
            }

            if (await requests.RunAsync(Identify(job, jobRow)) is var end and not StepEnd.Succeeded)
            {
                return (null, end);
            }
        }

        return Good(job.VideoKey) is { } good
            ? (good, null)
            : (null, new StepEnd.Failed(null, JobError.Of(StateFailures.Bug("a session that was just opened is too old"))));
    }

    /// <summary>The session of a video that can be used now; null when there is none.</summary>
    public StoredSession? Good(string videoKey) =>
        run.Store.Sessions.Find(run.Options.Service, videoKey) is { } session && run.MayUse(session.RunId) && IsGood(session) ? session : null;

    public bool IsGood(StoredSession session) => SessionLife.IsGood(session.IdentifiedAt, run.Now, run.Options.Limits);

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

    private RequestCheck Check(PlannedJob job) => new(job.Job.Video, job.Job.Entries, job.Job.Place, run.Options.Limits, run.Now);

    private StepSpec Identify(PlannedJob job, long jobRow)
    {
        var step = job.Steps.First(s => s.Model == ModelNames.IdentifyFace);
        return new StepSpec(job.Job.Id, jobRow, job.Key.Value, step.Model, step.ContentKey, prices.Identify(step), job.VideoKey, async () =>
            await uploads.EnsureAsync(job.Job, step.Payload) is { } end
                ? new Preparation.Ended(end)
                : new Preparation.Ready(
                    static () => true,
                    () => PayloadWriter.RequestBody(step.Model, step.Payload, new PayloadFill(null, uploads.Address)),
                    body => Check(job).Identify(body)));
    }
}
