namespace GmiKlingFlow.Cli.Hosting;

/// <summary>Every exit code of the program (product 8). Scripts act on them: they never change their meaning.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>The run finished, at least one job failed.</summary>
    public const int JobFailed = 1;

    /// <summary>The command line or the input is wrong; nothing was sent.</summary>
    public const int WrongInput = 2;

    /// <summary>Refused before spending: budget, lock, stale plan, or a "no" at the question.</summary>
    public const int RefusedBeforeSpending = 3;

    /// <summary>Service unreachable, key refused, or no credit.</summary>
    public const int ServiceUnusable = 4;

    /// <summary>State or disk unusable.</summary>
    public const int StateUnusable = 5;

    /// <summary>Nothing failed, but a job is stalled or unknown.</summary>
    public const int NotSettled = 6;

    /// <summary>Only <c>plan</c>: with <c>--detailed-exitcode</c> a run would do something, with <c>--check</c> the flow plans something else.</summary>
    public const int SomethingToDo = 10;

    /// <summary>A defect of the program itself.</summary>
    public const int Bug = 70;

    public const int Interrupted = 130;

    /// <summary>How much each code asks for attention, least first: of several flows the worst is told.</summary>
    private static readonly int[] BySeverity =
        [Done, SomethingToDo, NotSettled, JobFailed, RefusedBeforeSpending, WrongInput, ServiceUnusable, StateUnusable, Interrupted, Bug];

    public static int Worse(int one, int other) =>
        Array.IndexOf(BySeverity, one) >= Array.IndexOf(BySeverity, other) ? one : other;
}
