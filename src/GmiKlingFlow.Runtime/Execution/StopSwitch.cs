using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>
/// How a run comes to an early end, in three depths: nothing new is submitted; waiting ends; answers under way are cut off.
/// </summary>
internal sealed class StopSwitch : IDisposable
{
    private readonly Lock gate = new();
    private readonly CancellationTokenSource submitting = new();
    private readonly CancellationTokenSource waiting = new();
    private readonly CancellationTokenSource answers;
    private readonly CancellationTokenRegistration outside;
    private readonly IRunEvents events;

    /// <param name="stop">The stop from outside: drains.</param>
    /// <param name="grace">How long answers under way are waited for after it.</param>
    public StopSwitch(CancellationToken stop, TimeSpan grace, TimeProvider time, IRunEvents events)
    {
        this.events = events;
        answers = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        outside = stop.Register(() =>
        {
            answers.CancelAfter(grace);
            End(RunEnd.Interrupted, null, andWaiting: true);
        });
    }

    /// <summary>Cancelled when nothing new may be submitted.</summary>
    public CancellationToken Submitting => submitting.Token;

    /// <summary>Cancelled when what was submitted is left to the next run.</summary>
    public CancellationToken Waiting => waiting.Token;

    /// <summary>Cancelled when even answers under way are given up.</summary>
    public CancellationToken Answers => answers.Token;

    public RunEnd Ended { get; private set; } = RunEnd.Completed;

    public Failure? Reason { get; private set; }

    /// <summary>No other request of this run can do better. What runs already is paid for, and is followed to its end.</summary>
    public void ServiceRefuses(Failure reason) => End(RunEnd.ServiceRefused, reason, andWaiting: false);

    /// <summary>The service does not even answer questions any more.</summary>
    public void ServiceIsGone(Failure reason) => End(RunEnd.ServiceRefused, reason, andWaiting: true);

    public void BudgetIsReached(Failure reason) => End(RunEnd.BudgetReached, reason, andWaiting: false);

    /// <summary>So many jobs have failed that going on is not wanted.</summary>
    public void TooManyFail(Failure reason) => End(RunEnd.FailureLimit, reason, andWaiting: false);

    /// <summary>Nobody has agreed to what would be sent.</summary>
    public void FacesDiffer(Failure reason) => End(RunEnd.FacesDiffer, reason, andWaiting: false);

    /// <summary>Without a record nothing may be sent, and no answer can be kept.</summary>
    public void StateIsLost(Failure reason)
    {
        End(RunEnd.StateUnusable, reason, andWaiting: true);
        answers.Cancel();
    }

    public void Dispose()
    {
        outside.Dispose();
        submitting.Dispose();
        waiting.Dispose();
        answers.Dispose();
    }

    private void End(RunEnd end, Failure? reason, bool andWaiting)
    {
        bool isFirst;
        lock (gate)
        {
            isFirst = Ended == RunEnd.Completed;
            // The first reason explains the end; a lost state explains it better than any other.
            if (isFirst || (end == RunEnd.StateUnusable && Ended != RunEnd.StateUnusable))
            {
                (Ended, Reason) = (end, reason);
            }
        }

        if (isFirst)
        {
            events.Report(new RunEvent.Stopping(end, reason));
        }

        submitting.Cancel();
        if (andWaiting)
        {
            waiting.Cancel();
        }
    }
}
