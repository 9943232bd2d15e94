using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Runtime.Results;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>Why a run ended.</summary>
public enum RunEnd
{
    /// <summary>Every job came to its end; the jobs' statuses tell how.</summary>
    Completed,

    /// <summary>The next request would have crossed the budget: the rest is pending.</summary>
    BudgetReached,

    /// <summary>As many jobs failed as the command line allows (<c>--max-failures</c>): the rest is pending.</summary>
    FailureLimit,

    /// <summary>Identify found other faces than the lock has: nothing was spent on sync, the rest is pending.</summary>
    FacesDiffer,

    /// <summary>The service can't be reached, or refused key or credit: the rest is pending.</summary>
    ServiceRefused,

    /// <summary>Stopped from outside: the rest is pending.</summary>
    Interrupted,

    /// <summary>State or disk became unusable: nothing more was sent.</summary>
    StateUnusable,
}

/// <summary>What a run came to.</summary>
/// <param name="Reason">Why it ended before its time; null when completed or interrupted.</param>
/// <param name="ResultsFile">Absolute path of <c>results.json</c>; <c>results.yaml</c> lies beside it.</param>
public sealed record RunReport(RunResults Results, RunEnd End, Failure? Reason, string ResultsFile)
{
    /// <summary>False: the results could not be written, and what lies at <see cref="ResultsFile"/> is not this run's.</summary>
    public bool ResultsWritten { get; init; } = true;

    /// <summary>True: the run looked at nothing that earlier runs left (<c>--fresh</c>).</summary>
    public bool Fresh { get; init; }

    /// <summary>Absolute path of a real run's <c>results.json</c> that a simulation has put aside; null when there was none.</summary>
    public string? KeptResults { get; init; }
}
