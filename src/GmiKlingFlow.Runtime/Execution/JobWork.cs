using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>A job while a run works on it.</summary>
/// <param name="Row">The job's row in the state.</param>
/// <param name="Ahead">Given back when the job has a place in flight.</param>
internal sealed record JobWork(PlannedJob Job, long Row, LookAhead.Lease Ahead)
{
    /// <summary>The lip-sync of each pass; null where it came to none yet.</summary>
    public StoredRequest?[] Syncs { get; } = new StoredRequest?[Job.Passes.Count];

    /// <summary>The identify of each pass that was waited for; null where its session was there.</summary>
    public StoredRequest?[] Identifies { get; } = new StoredRequest?[Job.Passes.Count];
}
