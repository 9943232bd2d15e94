using System.Globalization;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Runtime.State;

/// <summary>What can go wrong with the state, and the ends of a job that only the state can tell: GKF80xx.</summary>
public static class StateFailures
{
    /// <summary>How hints name the command that decides a job by hand; whoever knows flow and job shows them in its place.</summary>
    public const string SettleCommand = "gkflow settle FLOW JOB";

    public static Failure NotAState(string file) => new(
        "GKF8001",
        $"\"{file}\" is damaged or is not a state file. Put back a copy of it, or choose another folder with --state.",
        Retryable: false,
        "Starting over in a new folder forgets what was paid for: look at the service's own list of requests first.");

    public static Failure NewerVersion(string file, long version, long known) => new(
        "GKF8002",
        string.Create(CultureInfo.InvariantCulture, $"\"{file}\" has version {version}; this program knows versions up to {known}. Update gkflow, or choose another folder with --state."),
        Retryable: false);

    public static Failure ReadOnly(string folder) => new(
        "GKF8003",
        $"The state folder \"{folder}\" can't be written. Give write permission, or choose another folder with --state.",
        Retryable: false);

    public static Failure DiskFull(string folder) => new(
        "GKF8004",
        $"The disk of the state folder \"{folder}\" is full. Free some space, then run again: it continues.",
        Retryable: true);

    public static Failure Lost(string file) => new(
        "GKF8005",
        $"\"{file}\" was deleted or replaced while in use. Put it back before the next run: without it requests could be paid for twice.",
        Retryable: false,
        "To forget all that was sent, and pay again, delete the whole folder.");

    public static Failure Locked(string folder, string holder) => new(
        "GKF8006",
        $"The state folder \"{folder}\" is in use by {holder}. Wait for that run to end, or choose another folder with --state.",
        Retryable: true);

    public static Failure Unusable(string folder, string reason) => new(
        "GKF8007",
        $"The state folder \"{folder}\" can't be used: {reason}. Mend that, or choose another folder with --state.",
        Retryable: false);

    public static Failure Behind(string folder) => new(
        "GKF8008",
        $"The state in \"{folder}\" has lost its last records. Use gkflow run: it looks up what was sent before it sends anything.",
        Retryable: true);

    public static Failure HoldsPaidVideo(string output) => new(
        "GKF8010",
        $"\"{output}\" holds a paid video that a simulated one would replace. Use --out with another folder for the simulation.",
        Retryable: false);

    public static Failure SourceChanged(string file) => new(
        "GKF8012",
        $"\"{file}\" has changed since the plan was made, or is gone. Run again to plan with the file as it is.",
        Retryable: true);

    public static Failure ResultsNotWritten(string folder, string reason) => new(
        "GKF8013",
        $"The results can't be written to \"{folder}\": {reason}. Mend that, then run again: nothing is paid for twice.",
        Retryable: true);

    public static Failure FacesChanged(string video) => new(
        "GKF8014",
        $"The session that \"{video}\" was planned with has ended, and identify now finds other faces. Run again to plan with them.",
        Retryable: true);

    public static Failure UploadGone(string file) => new(
        "GKF8015",
        $"The storage no longer has \"{file}\", which an earlier run uploaded. Run again: it is uploaded anew. Nothing was paid.",
        Retryable: true);

    public static Failure BudgetReached(decimal budgetUsd, decimal neededUsd) => new(
        "GKF8020",
        string.Create(CultureInfo.InvariantCulture, $"The next request would take the estimated cost to ${neededUsd:0.00##}, above the budget of ${budgetUsd:0.00##}. Raise budget_usd, then run again."),
        Retryable: true);

    /// <param name="silence">Why the last look at it told nothing; null when it told <paramref name="lastStatus"/>.</param>
    public static Failure Stalled(string requestId, TimeSpan deadline, string lastStatus, Failure? silence) => new(
        "GKF8021",
        silence is null
            ? $"Request \"{requestId}\" was still \"{lastStatus}\" after {DurationText.Of(deadline)}. It is paid: run again to look once more."
            : $"Request \"{requestId}\", last seen \"{lastStatus}\", could not be looked at ({silence.Code}) when its time of {DurationText.Of(deadline)} was over. It is paid: run again.",
        Retryable: true,
        $"{SettleCommand} --abandon gives it up, so that the next run sends it anew.");

    public static Failure Unsettled(string reason) => new(
        "GKF8022",
        $"Nobody knows whether the service took the request: {reason}. Run again to look it up, or decide it with gkflow settle.",
        Retryable: true,
        $"{SettleCommand} --adopt REQUEST_ID uses a request of the service's list; --abandon lets the next run send it anew.");

    public static Failure NoResult(string requestId) => new(
        "GKF8023",
        $"Request \"{requestId}\" succeeded, but its answer holds no result. Run again to ask once more: it is not paid again.",
        Retryable: true,
        $"{SettleCommand} --abandon gives it up, so that the next run sends it anew.");

    public static Failure NotTaken(string reason) => new(
        "GKF8024",
        $"The service never took the request before the deadline: {reason} Run again later; nothing was paid for it.",
        Retryable: true);

    public static Failure NotOpen(string job, string state) => new(
        "GKF8030",
        $"\"{job}\" is {state}: only an unknown or stalled job is settled by hand. Run the flow instead; it goes on from there.",
        Retryable: false);

    public static Failure RequestIsTaken(string requestId, string owner) => new(
        "GKF8031",
        $"\"{requestId}\" is on record for \"{owner}\" already. Name the request that has no job yet.",
        Retryable: false);

    public static Failure RequestIsItsOwn(string requestId) => new(
        "GKF8032",
        $"\"{requestId}\" is this job's own request already. Run the flow to look at it once more, or give it up with --abandon.",
        Retryable: false);

    public static Failure RequestOfOtherModel(string requestId, string model, string wanted) => new(
        "GKF8033",
        $"\"{requestId}\" is a request to \"{model}\"; the job's open step is one to \"{wanted}\". Name that one.",
        Retryable: false);

    public static Failure RequestOfOtherPayload(string requestId, string differences) => new(
        "GKF8034",
        $"\"{requestId}\" is not what this job sends: {differences}. Name the request with the same payload.",
        Retryable: false);

    public static Failure Bug(string what) => new(
        "GKF8090",
        $"A bug in gkflow stopped this job: \"{what}\". Please report it; other jobs are not affected.",
        Retryable: true);
}
