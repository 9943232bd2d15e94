using GmiKlingFlow.Runtime.Downloads;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>What all parts of one run share.</summary>
internal sealed record RunScope(
    string RunId,
    RunOptions Options,
    StateStore Store,
    IRequestQueue Queue,
    IArtifactDownloader Downloader,
    TimeProvider Time,
    Jitter Jitter,
    IRunEvents Events,
    StopSwitch Stop,
    SubmissionGate Gate,
    Spending Spending,
    PollSchedule Polls)
{
    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>Under <c>--fresh</c> only what this run itself did counts.</summary>
    public bool MayUse(string runId) => !Options.Fresh || runId == RunId;
}
