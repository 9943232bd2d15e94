namespace GmiKlingFlow.Core.Planning.Shards;

/// <summary>The shards while they fill.</summary>
/// <param name="most">The ticks that a shard may be filled to; only what fits nowhere goes beyond.</param>
/// <param name="identify">The ticks that a video costs a shard with its first unit.</param>
internal sealed class ShardPlaces(int count, long most, long identify)
{
    private readonly long[] loads = new long[count];
    private readonly bool[] closed = new bool[count];
    private readonly HashSet<string>[] videos = [.. Enumerable.Range(0, count).Select(static _ => new HashSet<string>(StringComparer.Ordinal))];
    private readonly Dictionary<string, int[]> preferences = new(StringComparer.Ordinal);

    public IReadOnlyList<long> Loads => loads;

    /// <summary>How many identifies all shards together need.</summary>
    public int Identifies => videos.Sum(static ofShard => ofShard.Count);

    /// <returns>The shard's position, from 0.</returns>
    public int Take(ShardUnit unit)
    {
        var order = Preferences(unit.VideoKey);
        var taken = Fitting(unit, order) ?? order.MinBy(shard => loads[shard] + Cost(unit, shard));
        loads[taken] += Cost(unit, taken);
        videos[taken].Add(unit.VideoKey);
        return taken;
    }

    private int? Fitting(ShardUnit unit, int[] order)
    {
        // What fits into no empty shard says nothing about how full they are.
        if (unit.Time.Ticks + identify > most)
        {
            return null;
        }

        foreach (var shard in order)
        {
            if (!closed[shard] && loads[shard] + Cost(unit, shard) <= most)
            {
                return shard;
            }

            closed[shard] = true;
        }

        return null;
    }

    private long Cost(ShardUnit unit, int shard) => unit.Time.Ticks + (videos[shard].Contains(unit.VideoKey) ? 0 : identify);

    private int[] Preferences(string videoKey)
    {
        if (!preferences.TryGetValue(videoKey, out var order))
        {
            preferences.Add(videoKey, order = [.. Enumerable.Range(0, count).OrderByDescending(shard => ShardHash.Of(videoKey, shard + 1)).ThenBy(static shard => shard)]);
        }

        return order;
    }
}
