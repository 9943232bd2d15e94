using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Runtime.Queue;

/// <summary>What a POST of a request came to (product 6, api-contract 5.1).</summary>
public abstract record SubmitOutcome
{
    private SubmitOutcome()
    {
    }

    /// <summary>The queue took it, and may have finished it already.</summary>
    public sealed record Accepted(RequestRecord Record) : SubmitOutcome;

    /// <summary>Final: the queue said no (400, 401, 402, 403, 404, "Backend error (400)").</summary>
    /// <param name="StopsRun">True for 401, 402 and 403: no other request of this run can do better.</param>
    public sealed record Rejected(Failure Failure, bool StopsRun) : SubmitOutcome;

    /// <summary>Not taken now (429, 503, or no connection was made): the same may be sent again after a wait.</summary>
    /// <param name="RetryAfter">What the server asked for; null when it did not.</param>
    public sealed record NotNow(Failure Failure, TimeSpan? RetryAfter, bool IsThrottled) : SubmitOutcome;

    /// <summary>Nobody knows (timeout, reset, 502, 504, other 5xx, unreadable 200): look it up, never repeat.</summary>
    public sealed record Unclear(Failure Failure) : SubmitOutcome;
}
