using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Runtime.Queue;

/// <summary>What a GET of a request came to, after its own bounded retries.</summary>
public abstract record QueryOutcome
{
    private QueryOutcome()
    {
    }

    public sealed record Found(RequestRecord Record) : QueryOutcome;

    /// <summary>The queue does not know the id.</summary>
    public sealed record NotFound(Failure Failure) : QueryOutcome;

    /// <summary>The queue can't be asked now; asking again later can help.</summary>
    public sealed record Unavailable(Failure Failure) : QueryOutcome
    {
        /// <summary>What the server asked to wait, from now; null when it did not ask.</summary>
        public TimeSpan? RetryAfter { get; init; }
    }

    /// <summary>The key is refused: asking again can't help.</summary>
    public sealed record Refused(Failure Failure) : QueryOutcome;
}
