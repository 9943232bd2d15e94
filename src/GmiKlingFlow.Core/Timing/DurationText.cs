using System.Globalization;

namespace GmiKlingFlow.Core.Timing;

/// <summary>How flows write durations (product 3): <c>1500</c> (milliseconds), <c>1500ms</c>, <c>1.5s</c>, <c>1m30s</c>, <c>24h</c>, <c>00:00:01.500</c>.</summary>
public static class DurationText
{
    /// <summary>A year: longer than any deadline, and far from overflow.</summary>
    private const double LongestMilliseconds = 366d * 24 * 3600 * 1000;

    // Longest unit first; "ms" before "m" and "s", so that the longest match wins.
    private static readonly DurationUnit[] Units = [new("h", 3_600_000), new("ms", 1), new("m", 60_000), new("s", 1000)];

    /// <summary>Reads a duration. Never negative; fractions below a tick are rounded.</summary>
    public static bool TryParse(string text, out TimeSpan value)
    {
        value = default;
        var trimmed = text.AsSpan().Trim();
        var read = trimmed.Contains(':') ? Clock(trimmed) : WithUnits(trimmed);
        if (read is not { } milliseconds || milliseconds > LongestMilliseconds)
        {
            return false;
        }

        value = TimeSpan.FromTicks((long)Math.Round(milliseconds * TimeSpan.TicksPerMillisecond));
        return true;
    }

    /// <returns>The shortest usual text, such as <c>1500ms</c>, <c>3s</c> or <c>30m</c>; parses back to the same duration (whole milliseconds).</returns>
    public static string Of(TimeSpan value)
    {
        var milliseconds = (long)Math.Round(value.TotalMilliseconds);
        var (amount, unit) = milliseconds switch
        {
            0 => (0, "s"),
            _ when milliseconds % 3_600_000 == 0 => (milliseconds / 3_600_000, "h"),
            _ when milliseconds % 60_000 == 0 => (milliseconds / 60_000, "m"),
            _ when milliseconds % 1000 == 0 => (milliseconds / 1000, "s"),
            _ => (milliseconds, "ms"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{amount}{unit}");
    }

    private static double? WithUnits(ReadOnlySpan<char> text)
    {
        if (Number(text) is { } bare)
        {
            return bare;
        }

        double total = 0;
        var largestAllowed = double.PositiveInfinity;
        while (text.Length > 0)
        {
            var digits = 0;
            while (digits < text.Length && text[digits] is (>= '0' and <= '9') or '.')
            {
                digits++;
            }

            if (digits == 0 || digits == text.Length || Number(text[..digits]) is not { } amount || UnitAt(text[digits..]) is not { } unit)
            {
                return null;
            }

            // 1m30s, not 30s1m or 1s1s.
            if (unit.Milliseconds >= largestAllowed)
            {
                return null;
            }

            total += amount * unit.Milliseconds;
            largestAllowed = unit.Milliseconds;
            text = text[(digits + unit.Name.Length)..];
        }

        return largestAllowed < double.PositiveInfinity ? total : null;
    }

    private static DurationUnit? UnitAt(ReadOnlySpan<char> text)
    {
        foreach (var candidate in Units)
        {
            if (text.StartsWith(candidate.Name, StringComparison.Ordinal))
            {
                return candidate;
            }
        }

        return null;
    }

    private static double? Clock(ReadOnlySpan<char> text)
    {
        double seconds = 0;
        var fields = 0;
        foreach (var range in text.Split(':'))
        {
            var field = text[range];
            fields++;
            var isLast = range.End.Value == text.Length;
            if (Number(field) is not { } amount || (!isLast && field.Contains('.')) || (fields > 1 && amount >= 60))
            {
                return null;
            }

            seconds = (seconds * 60) + amount;
        }

        return fields is 2 or 3 ? seconds * 1000 : null;
    }

    private static double? Number(ReadOnlySpan<char> text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[^1])
            ? number
            : null;

    private readonly record struct DurationUnit(string Name, double Milliseconds);
}
