using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Payloads;
using GmiKlingFlow.Core.Rules;
using GmiKlingFlow.Runtime.Queue;

namespace GmiKlingFlow.Runtime.State;

/// <summary>What a state knows of earlier work at one service, for the planner.</summary>
/// <param name="service">See <see cref="ServiceName"/>.</param>
/// <param name="outputFolder">Where outputs of this plan lie.</param>
public sealed class StoredWork(StateStore store, string service, string outputFolder, TimeProvider time, KlingLimits limits) : IKnownWork
{
    // An in-process simulator ends with its process, and its sessions, uploads and requests with it: only files remain.
    private readonly bool lasts = service != ServiceName.Simulator;

    public KnownSession? Session(string videoKey) =>
        lasts && store.Sessions.Find(service, videoKey) is { } session && SessionLife.IsGood(session.IdentifiedAt, time.GetUtcNow(), limits)
            ? new KnownSession(session.SessionId, session.Faces, session.IdentifiedAt)
            : null;

    public string? UploadedUrl(string sha256) => lasts ? store.Uploads.Find(service, sha256)?.Url : null;

    public KnownJob? Job(string flowName, string jobId) =>
        store.Jobs.Find(service, flowName, jobId) is { StartedAt: not null } job ? new KnownJob(job.Key, job.KeyParts) : null;

    public KnownRequest? Request(string contentKey)
    {
        if (!lasts || store.Requests.Newest(service, contentKey) is not { } request)
        {
            return null;
        }

        return Known(request);
    }

    public KnownRequest? Shared(string jobKey) => lasts ? OnRecord(store.Requests.UsedBy(service, ModelNames.LipSync, jobKey)) : null;

    public KnownRequest? Sent(PayloadValue.Object payload)
    {
        if (!lasts)
        {
            return null;
        }

        var fingerprint = PayloadFingerprint.OfRequestBody(PayloadWriter.RequestBody(ModelNames.LipSync, payload, PayloadFill.None));
        return OnRecord(store.Requests.WithPayload(service, ModelNames.LipSync, fingerprint, besides: null).FirstOrDefault());
    }

    private static KnownRequest? OnRecord(StoredRequest? request) =>
        request is not null && Known(request) is { State: KnownRequestState.Unknown or KnownRequestState.Running or KnownRequestState.Succeeded } known
            ? known with { ContentKey = request.ContentKey }
            : null;

    private static KnownRequest? Known(StoredRequest request) => request.State switch
    {
        StepState.Intent or StepState.Unknown => new KnownRequest(KnownRequestState.Unknown, null),
        StepState.Submitted or StepState.Stalled => new KnownRequest(KnownRequestState.Running, request.RequestId),
        StepState.Succeeded => new KnownRequest(KnownRequestState.Succeeded, request.RequestId),
        StepState.Failed or StepState.Rejected => new KnownRequest(KnownRequestState.Failed, request.RequestId)
        {
            SessionRefused = request.Failure?.Code == ServiceFailures.SessionRefusedCode,
        },
        StepState.Gone => new KnownRequest(KnownRequestState.Gone, request.RequestId),
        StepState.Abandoned => new KnownRequest(KnownRequestState.Abandoned, request.RequestId),
        _ => null,
    };

    public bool OutputIsThere(string jobKey, string output) => store.Outputs.Of(service, jobKey) is { Count: > 0 } known
        && OutputFiles.IsThere(known, Path.Combine(outputFolder, output)) is not null;
}
