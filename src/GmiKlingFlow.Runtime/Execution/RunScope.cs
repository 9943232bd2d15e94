using GmiKlingFlow.Runtime.Downloads;
using GmiKlingFlow.Runtime.Execution.Polling;
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
    PollSchedule Polls,
    FailureLimit Failures)
{
    /// <summary>In which order jobs go; without one as they come.</summary>
    public JobOrder Order { get; init; } = JobOrder.None;

    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>How long a call may go on that starts now: to the deadline of what it is for, and a little longer for an answer under way.</summary>
    public TimeSpan Patience(DateTimeOffset deadline) => (deadline > Now ? deadline - Now : TimeSpan.Zero) + Options.AnswerGrace;

    /// <summary>The same for a call that begins something, and so has the whole of a deadline.</summary>
    public TimeSpan WholePatience => Options.Deadline + Options.AnswerGrace;

    /// <summary>Waits on the run's clock; not at all where the time has come already.</summary>
    public Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        var time = Time;
        return Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time, cancellationToken);
    }

    /// <summary>Something has happened, whether or not it can still be put on record: what came of it must be told.</summary>
    public void KeepRecord(Action write)
    {
        try
        {
            write();
        }
        catch (StateLostException lost)
        {
            Stop.StateIsLost(lost.Failure);
        }
    }

    /// <summary>Under <c>--fresh</c> only what this run itself did counts.</summary>
    public bool MayUse(string runId) => !Options.Fresh || runId == RunId;
}
