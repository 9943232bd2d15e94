using System.Globalization;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Shards;

namespace GmiKlingFlow.Cli.Output.Plans;

/// <summary>What a plan for one shard leaves to the others, and what sharing costs.</summary>
internal static class ShardLine
{
    /// <returns>Null where the jobs are not shared out.</returns>
    public static string? Of(Plan plan)
    {
        if (plan.Sharding is not { } sharding)
        {
            return null;
        }

        var (mine, all) = (plan.Jobs.Count(job => job.Shard == sharding.Shard.Index), plan.Jobs.Count(static job => job.Shard is not null));
        var time = sharding.Times[sharding.Shard.Index - 1];
        var share = new TimeSpan(sharding.Times.Sum(static time => time.Ticks)) is { Ticks: > 0 } total ? time / total : 0;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Shard {sharding.Shard}: {mine} of {all} {(all == 1 ? "job" : "jobs")}, {share * 100:0}% of the estimated time.{Extra(sharding)}");
    }

    // Said in each shard's plan, because none of them can show it: every shard counts its own identifies only.
    private static string Extra(Sharding sharding) => sharding.ExtraIdentifies switch
    {
        0 => "",
        1 => " One video is identified in two shards, and paid for in both.",
        var extra => string.Create(CultureInfo.InvariantCulture, $" Videos that several shards share are identified in each: {extra} identifies more than in one run."),
    };
}
