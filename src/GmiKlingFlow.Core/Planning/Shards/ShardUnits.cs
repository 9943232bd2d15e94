namespace GmiKlingFlow.Core.Planning.Shards;

/// <summary>Makes units of a flow's jobs, and tells each job its shard.</summary>
internal static class ShardUnits
{
    /// <param name="drafts">All of the flow's; those left out by <c>when</c> have no part in it.</param>
    /// <returns>The sharing, and each draft's shard in it; null for a job left out by <c>when</c>.</returns>
    public static (Sharding Sharding, IReadOnlyList<int?> Of) Share(Shard shard, IReadOnlyList<JobDraft> drafts)
    {
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        var passes = new Dictionary<string, Dictionary<string, TimeSpan>>(StringComparer.Ordinal);
        foreach (var draft in drafts.Where(static draft => draft.Job.SkippedBecause is null))
        {
            positions.TryAdd(Key(draft), positions.Count);
            if (!passes.TryGetValue(Key(draft), out var ofUnit))
            {
                passes.Add(Key(draft), ofUnit = new(StringComparer.Ordinal));
            }

            foreach (var pass in draft.Passes)
            {
                // A later pass looks at its own video first.
                ofUnit[pass.Key.Value] = Estimates.Sync(draft.Job.Video) + (pass.Number > 1 ? Estimates.TypicalIdentify : TimeSpan.Zero);
            }
        }

        var videos = drafts.DistinctBy(Key, StringComparer.Ordinal).ToDictionary(Key, static draft => draft.VideoKey, StringComparer.Ordinal);
        var sharding = Sharding.Among(shard, [.. positions.Keys.Select(key => new ShardUnit(key, videos[key], new TimeSpan(passes[key].Values.Sum(static time => time.Ticks))))]);
        return (sharding, [.. drafts.Select(draft => draft.Job.SkippedBecause is null ? sharding.Of[positions[Key(draft)]] : (int?)null)]);
    }

    private static string Key(JobDraft draft) => draft.Passes[0].Key.Value;
}
