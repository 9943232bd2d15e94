using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Runtime.Queue;

/// <summary>What listing a model's requests came to.</summary>
public abstract record ListOutcome
{
    private ListOutcome()
    {
    }

    /// <param name="Records">On a shared organisation key other people's requests too.</param>
    public sealed record Listed(IReadOnlyList<RequestRecord> Records) : ListOutcome;

    public sealed record Unavailable(Failure Failure) : ListOutcome;
}
