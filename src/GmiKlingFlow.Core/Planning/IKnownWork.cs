using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Core.Planning;

/// <summary>What earlier runs left behind, as the planner asks for it. Read only: planning changes nothing.</summary>
public interface IKnownWork
{
    /// <summary>The newest session of a video that can still be used; null when there is none or it is too old.</summary>
    KnownSession? Session(string videoKey);

    /// <summary>The public URL that this content was uploaded to; null when it never was.</summary>
    string? UploadedUrl(string sha256);

    /// <summary>The newest job with this id in this flow, whatever became of it; null when there was none.</summary>
    KnownJob? Job(string flowName, string jobId);

    /// <summary>What became of the request with this content key; null when none was ever started.</summary>
    KnownRequest? Request(string contentKey);

    /// <summary>The lip-sync under way or done that a job with this key has used although it is another content's; null when there is none.</summary>
    KnownRequest? Shared(string jobKey) => null;

    /// <summary>The lip-sync under way or done with exactly this payload, whatever content it was sent for; null when there is none.</summary>
    /// <param name="payload">All of it known.</param>
    KnownRequest? Sent(PayloadValue.Object payload) => null;

    /// <summary>Whether the finished output of a job with this key lies at this path (below the output folder) with the hash on record.</summary>
    bool OutputIsThere(string jobKey, string output);
}

/// <summary>A session that is still good.</summary>
public sealed record KnownSession(string SessionId, IReadOnlyList<Face> Faces, DateTimeOffset IdentifiedAt);

/// <summary>A job of an earlier run.</summary>
public sealed record KnownJob(string Key, IReadOnlyList<KeyValuePair<string, string>> KeyParts);

/// <summary>Where an earlier request stands.</summary>
public enum KnownRequestState
{
    /// <summary>Nobody knows whether it was accepted.</summary>
    Unknown,

    /// <summary>Accepted, not finished when last seen.</summary>
    Running,

    /// <summary>Finished well; its result can be downloaded again.</summary>
    Succeeded,

    /// <summary>Refused or failed: the same request may be sent again.</summary>
    Failed,

    /// <summary>Given up by hand: a run sends it again.</summary>
    Abandoned,

    /// <summary>Finished and paid, but its result can't be had any more: a run sends it again.</summary>
    Gone,
}

/// <param name="RequestId">Null while the state is unknown.</param>
public sealed record KnownRequest(KnownRequestState State, string? RequestId)
{
    /// <summary>What it was sent for; null where that is what was asked with.</summary>
    public string? ContentKey { get; init; }

    /// <summary>It failed because the service no longer took the session it was sent with.</summary>
    public bool SessionRefused { get; init; }
}
