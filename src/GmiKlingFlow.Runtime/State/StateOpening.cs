using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Runtime.State;

/// <summary>What opening a state came to.</summary>
public abstract record StateOpening
{
    private StateOpening()
    {
    }

    /// <param name="Store">The caller's to dispose.</param>
    public sealed record Opened(StateStore Store) : StateOpening;

    /// <summary>Only when opening for reading: there is no state, and none was made.</summary>
    public sealed record Absent : StateOpening;

    /// <summary>Exit code 5. Never followed by a new start: that could pay again.</summary>
    public sealed record Unusable(Failure Failure) : StateOpening;
}
