using System.Globalization;

namespace GmiKlingFlow.Core.Planning.Shards;

/// <summary>One of several machines that share a flow's jobs.</summary>
/// <param name="Index">From 1 to <paramref name="Count"/>.</param>
public sealed record Shard(int Index, int Count)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index}/{Count}");

    /// <returns>From <c>I/N</c> with 1 ≤ I ≤ N; null for anything else.</returns>
    public static Shard? TryParse(string? text) =>
        text?.Split('/') is [var index, var count]
        && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var i)
        && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
        && i >= 1
        && i <= n
            ? new Shard(i, n)
            : null;
}
