namespace GmiKlingFlow.Core.Planning.Shards;

/// <summary>How a flow's jobs are shared out among machines. The same on each of them: it depends on the flow alone, never on the state, the selection or the clock.</summary>
/// <param name="Shard">The one that the plan is for.</param>
/// <param name="Times">Per shard, from the first: how long its requests are estimated to take one after the other.</param>
/// <param name="ExtraIdentifies">How many identifies the shards pay together beyond one for each video.</param>
public sealed record Sharding(Shard Shard, IReadOnlyList<TimeSpan> Times, int ExtraIdentifies)
{
    // A shard may hold so much more than its fair share before jobs go elsewhere (decision record 14 has the figures).
    private const int MostPercent = 110;

    /// <summary>The shard of each unit, by position, from 1.</summary>
    internal IReadOnlyList<int> Of { get; init; } = [];

    /// <summary>
    /// Rendezvous hashing with bounded load: a unit goes to the shard that its video prefers, or, once that is full, to the next one. Videos come in an order of
    /// their own, and a shard that had to turn one away takes no more, so that an added job pushes on only what lies at the edges.
    /// </summary>
    internal static Sharding Among(Shard shard, IReadOnlyList<ShardUnit> units)
    {
        // In whole ticks: no rounding may tell two machines different things.
        var videos = units.DistinctBy(static unit => unit.VideoKey).Count();
        var total = units.Sum(static unit => unit.Time.Ticks) + (Estimates.TypicalIdentify.Ticks * videos);
        var places = new ShardPlaces(shard.Count, total / 100 * MostPercent / shard.Count, Estimates.TypicalIdentify.Ticks);
        var of = new int[units.Count];
        var order = units.Index()
            .Select(static unit => (unit.Index, unit.Item, Video: ShardHash.Of(unit.Item.VideoKey, 0), Key: ShardHash.Of(unit.Item.Key, 0)))
            .OrderBy(static unit => unit.Video).ThenBy(static unit => unit.Item.VideoKey, StringComparer.Ordinal)
            .ThenBy(static unit => unit.Key).ThenBy(static unit => unit.Item.Key, StringComparer.Ordinal);
        foreach (var (index, unit, _, _) in order)
        {
            of[index] = places.Take(unit) + 1;
        }

        return new Sharding(shard, [.. places.Loads.Select(TimeSpan.FromTicks)], places.Identifies - videos) { Of = of };
    }
}

/// <summary>What has to stay together on one machine, because it would be paid for twice on two: jobs with the same first request.</summary>
/// <param name="Key">What the first request depends on.</param>
/// <param name="Time">How long its lip-syncs are estimated to take, without identify.</param>
internal sealed record ShardUnit(string Key, string VideoKey, TimeSpan Time);
