using System.IO.Enumeration;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Shards;

namespace GmiKlingFlow.Core.Planning;

/// <summary>Which of a flow's jobs a plan is about. The others are skipped, each with the reason.</summary>
public sealed record JobSelection
{
    public static readonly JobSelection All = new();

    private const string VideoName = "video";

    /// <summary>Globs (<c>*</c>, <c>?</c>) on job ids, <c>video=glob</c> on the video's name, <c>label=glob</c> on a label; a job is chosen when one fits. Empty: every job.</summary>
    public IReadOnlyList<string> Select { get; init; } = [];

    public Shard? Shard { get; init; }

    /// <summary>Ids to choose from, such as those that failed last time; null for every job.</summary>
    public IReadOnlySet<string>? OnlyJobs { get; init; }

    /// <summary>How a skipped job's reason continues when <see cref="OnlyJobs"/> leaves it out.</summary>
    public string OnlyJobsReason { get; init; } = "did not fail in the last run (--only-failed)";

    /// <summary>At most so many jobs that do something, in the flow's order; null for no limit.</summary>
    public int? MaxJobs { get; init; }

    /// <param name="shardOfJob">See <see cref="Sharding"/>.</param>
    /// <returns>Why the job is left out; null when it is chosen. <see cref="MaxJobs"/> is the planner's to count.</returns>
    internal string? LeavesOut(Job job, int? shardOfJob)
    {
        if (Select.Count > 0 && !Select.Any(glob => Fits(glob, job)))
        {
            return $"not selected by {string.Join(", ", Select.Select(glob => $"--select {glob}"))}";
        }

        if (OnlyJobs is not null && !OnlyJobs.Contains(job.Id))
        {
            return OnlyJobsReason;
        }

        return Shard is { } shard && shardOfJob is { } index && index != shard.Index ? $"left to shard {shard with { Index = index }}" : null;
    }

    internal static bool Fits(string glob, Job job) => Fits(glob, job.Id, job.Video.Name, job.Labels);

    internal static bool Fits(string glob, string id, string video, IReadOnlyList<KeyValuePair<string, string>> labels)
    {
        var equals = glob.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            return Matches(glob, id);
        }

        var (name, wanted) = (glob[..equals], glob[(equals + 1)..]);
        return (name == VideoName && Matches(wanted, video)) || labels.Any(pair => pair.Key == name && Matches(wanted, pair.Value));
    }

    // The backslash is no escape here: an id can't hold the two wildcards.
    private static bool Matches(string glob, string text) =>
        FileSystemName.MatchesSimpleExpression(glob.Replace("\\", "\\\\", StringComparison.Ordinal), text, ignoreCase: false);
}
