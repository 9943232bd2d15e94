using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Runtime.Queue;

/// <summary>What listing a model's requests came to.</summary>
public abstract record ListOutcome
{
    private ListOutcome()
    {
    }

    /// <param name="Records">On a shared organisation key other people's requests too.</param>
    public sealed record Listed(IReadOnlyList<RequestRecord> Records) : ListOutcome
    {
        /// <summary>False when requests may be missing: the list is as long as was asked for, or an entry was unreadable. Absence then proves nothing.</summary>
        public bool IsComplete { get; init; } = true;

        /// <summary>How far the service's clock is ahead of ours, to a few seconds; null when it does not tell.</summary>
        public TimeSpan? ClockOffset { get; init; }
    }

    public sealed record Unavailable(Failure Failure) : ListOutcome;
}
