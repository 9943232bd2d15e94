using System.Globalization;

namespace GmiKlingFlow.Core.Planning.Prices;

/// <summary>What a price is for. The units of the two models are not public; <c>second</c> was seen of other video models (api-contract 2.2).</summary>
internal static class PriceUnit
{
    /// <summary>Longer than any clip: one block is the whole of it.</summary>
    public static readonly TimeSpan WholeRequest = TimeSpan.FromHours(1);

    private static readonly string[] Requests = ["request", "call", "video"];

    private static readonly string[] Seconds = ["s", "sec", "second"];

    /// <returns>The started time that is paid for at once, <see cref="WholeRequest"/> for a price per request; null for a unit nobody knows.</returns>
    public static TimeSpan? Of(string unit)
    {
        var words = unit.Replace('-', ' ').Split((char[])[' ', '/', '_'], StringSplitOptions.RemoveEmptyEntries)
            .Select(static word => word.ToLowerInvariant())
            .SkipWhile(static word => word is "per" or "started")
            .ToList();
        var text = string.Concat(words);
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        var count = digits == 0 ? 1 : int.TryParse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        var word = text[digits..];
        return Is(Requests, word) && count == 1 ? WholeRequest
            : Is(Seconds, word) && count is >= 1 and <= 60 ? TimeSpan.FromSeconds(count)
            : null;
    }

    private static bool Is(string[] words, string word) => words.Contains(word) || (word is [.. var singular, 's'] && singular.Length > 1 && words.Contains(singular));
}
