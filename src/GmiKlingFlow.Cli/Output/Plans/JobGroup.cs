using System.Globalization;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Prices;

namespace GmiKlingFlow.Cli.Output.Plans;

/// <summary>Jobs of a plan that are shown together (<c>--group-by</c>).</summary>
/// <param name="Title">As in <c>locale=de</c>; empty where nothing is grouped.</param>
/// <param name="Jobs">All of the group, those that are not listed too.</param>
internal sealed record JobGroup(string Title, IReadOnlyList<PlannedJob> Jobs)
{
    public const string ByVideo = "video";

    /// <param name="by"><c>video</c>, or a label's name; null for one group of all.</param>
    /// <returns>In the order of their first jobs; jobs without the label come last.</returns>
    public static IReadOnlyList<JobGroup> Of(Plan plan, string? by) => by is null
        ? [new JobGroup("", plan.Jobs)]
        : [.. plan.Jobs.GroupBy(job => Value(job, by)).OrderBy(static group => group.Key is null).Select(group => new JobGroup(Named(by, group.Key), [.. group]))];

    /// <summary>The names that a plan can be grouped by.</summary>
    public static IReadOnlyList<string> Names(Plan plan) =>
        [ByVideo, .. plan.Jobs.SelectMany(static job => job.Job.Labels).Select(static label => label.Key).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <returns>As in <c>3 jobs: 2 to send, 1 reused · $0.14</c>.</returns>
    public string Counts()
    {
        var counts = Jobs.GroupBy(static job => job.Action).OrderBy(static group => group.Key).Select(static group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {Words(group.Key)}"));
        var cost = Jobs.Sum(PlannedJobText.Cost);
        return string.Create(CultureInfo.InvariantCulture, $"{Jobs.Count} {(Jobs.Count == 1 ? "job" : "jobs")}: {string.Join(", ", counts)}{(cost > 0 ? $" · {Money.Text(cost)}" : "")}");
    }

    private static string? Value(PlannedJob job, string by) =>
        by == ByVideo ? job.Job.Video.Name : job.Job.Labels.Where(label => label.Key == by).Select(static label => label.Value).FirstOrDefault();

    private static string Named(string by, string? value) =>
        Printable.Line(value is null ? $"no {by}" : by == ByVideo ? $"video {value}" : $"{by}={value}");

    private static string Words(JobAction action) => action switch
    {
        JobAction.Create => "to send",
        JobAction.Change => "changed",
        JobAction.Resume => "to resume",
        JobAction.Settle => "to settle",
        JobAction.Reuse => "reused",
        JobAction.Blocked => "blocked",
        JobAction.Skip => "skipped",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "An unknown action."),
    };
}
