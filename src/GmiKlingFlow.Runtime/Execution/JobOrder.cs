using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>
/// In which order jobs go. What is paid for comes first: it may be done already, and counts against the limit of requests in flight. Then whatever takes
/// longest, all its passes counted, so that nothing long is left for the end; among equals the flow's order.
/// </summary>
internal sealed class JobOrder
{
    private readonly Dictionary<string, int> ranks = new(StringComparer.Ordinal);

    private JobOrder(IReadOnlyList<int> working, IReadOnlyList<int> free) => (Working, Free) = (working, free);

    /// <summary>No order: everything in the order in which it comes.</summary>
    public static JobOrder None { get; } = new([], []);

    /// <summary>Positions in the plan of the jobs that may need the service, in their order.</summary>
    public IReadOnlyList<int> Working { get; }

    /// <summary>The others: reused, skipped, blocked. They are looked at beside, and nothing waits for them.</summary>
    public IReadOnlyList<int> Free { get; }

    public static JobOrder Of(Plan plan, JobTimes times)
    {
        bool IsFree(int i) => plan.Jobs[i].Action is JobAction.Reuse or JobAction.Skip or JobAction.Blocked;
        var all = Enumerable.Range(0, plan.Jobs.Count).ToList();
        var order = new JobOrder(
            [.. all.Where(i => !IsFree(i)).OrderBy(i => IsPaid(plan.Jobs[i]) ? 0 : 1).ThenByDescending(i => times.Left(plan.Jobs[i]))],
            [.. all.Where(IsFree)]);
        foreach (var (rank, index) in order.Working.Index())
        {
            order.ranks[plan.Jobs[index].Job.Id] = rank;
        }

        return order;
    }

    public static bool IsPaid(PlannedJob job) => job.Action is JobAction.Resume or JobAction.Settle;

    /// <returns>Lower ones go first.</returns>
    public int RankOf(Job job) => ranks.GetValueOrDefault(job.Id);

    /// <summary>An identify goes before any lip-sync: it is short, and other jobs may wait for it.</summary>
    public int RankOfIdentify(Job job) => RankOf(job) - ranks.Count;
}
