using GmiKlingFlow.Cli.Commands;
using GmiKlingFlow.Cli.Hosting;

namespace GmiKlingFlow.Cli.CommandLine;

/// <param name="Means">For people, as in the reference.</param>
internal sealed record ExitMeaning(int Code, string Means);

/// <summary>What each exit code says, and which of them a command ends with (product 8).</summary>
internal static class ExitMeanings
{
    public static IReadOnlyList<ExitMeaning> All { get; } =
    [
        new(ExitCodes.Done, "done"),
        new(ExitCodes.JobFailed, "the run finished, at least one job failed; verify: a file is not whole"),
        new(ExitCodes.WrongInput, "the command line or the input is wrong; nothing was sent"),
        new(ExitCodes.RefusedBeforeSpending, "refused before spending: budget, faces lock, stale plan, or a no"),
        new(ExitCodes.ServiceUnusable, "service unreachable, key refused, or no credit"),
        new(ExitCodes.StateUnusable, "state or disk unusable"),
        new(ExitCodes.NotSettled, "nothing failed, but a job is stalled or unknown: run again, or settle it"),
        new(ExitCodes.SomethingToDo, "plan --detailed-exitcode: something to do; plan --check: a difference"),
        new(ExitCodes.Bug, "a bug"),
        new(ExitCodes.Interrupted, "interrupted; resumable"),
    ];

    public static IEnumerable<ExitMeaning> Of(string command)
    {
        int[] own = command switch
        {
            RunCommand.CommandName or IdentifyCommand.CommandName => [ExitCodes.JobFailed, ExitCodes.RefusedBeforeSpending, ExitCodes.ServiceUnusable, ExitCodes.NotSettled],
            PlanCommand.CommandName => [ExitCodes.SomethingToDo],
            SettleCommand.CommandName => [ExitCodes.RefusedBeforeSpending, ExitCodes.ServiceUnusable],
            MergeCommand.CommandName => [ExitCodes.JobFailed, ExitCodes.NotSettled],
            VerifyCommand.CommandName or PreviewCommand.CommandName => [ExitCodes.JobFailed],
            DoctorCommand.CommandName => [ExitCodes.ServiceUnusable],
            _ => [],
        };
        int[] always = [ExitCodes.Done, ExitCodes.WrongInput, ExitCodes.StateUnusable, ExitCodes.Bug, ExitCodes.Interrupted];
        return All.Where(exit => always.Contains(exit.Code) || own.Contains(exit.Code));
    }
}
