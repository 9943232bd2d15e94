using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>How far a step came in this run.</summary>
/// <param name="Request">Its record; null when none was made.</param>
internal abstract record StepEnd(StoredRequest? Request)
{
    /// <summary>Its result is on record: a session, or a URL.</summary>
    public sealed record Succeeded(StoredRequest Done) : StepEnd(Done);

    public sealed record Failed(StoredRequest? Request, JobError Error) : StepEnd(Request);

    public sealed record Stalled(StoredRequest Running, Failure Failure) : StepEnd(Running);

    public sealed record Unknown(StoredRequest Lost, Failure Failure) : StepEnd(Lost);

    /// <summary>The run ended first; the next one takes it up.</summary>
    public sealed record Pending(StoredRequest? Request, Failure? Failure) : StepEnd(Request);
}
