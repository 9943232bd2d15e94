using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Core.Subtitles;

/// <summary>A cue's times: <c>00:01:02,500 --> 00:01:04,000</c>, with a full stop or a comma, with or without hours, and with whatever settings follow.</summary>
internal static class CueTime
{
    public const string Arrow = "-->";

    // Beyond any video, and far from overflow.
    private const int MostHourDigits = 6;

    /// <returns>The times and where they stand in the line; a null time where what is written is none.</returns>
    public static ((TimeSpan? Value, Range Where) Start, (TimeSpan? Value, Range Where) End) Parse(string line)
    {
        var arrow = line.IndexOf(Arrow, StringComparison.Ordinal);
        var start = Trimmed(line, 0, arrow);
        var end = Trimmed(line, arrow + Arrow.Length, line.Length);
        var gap = line.AsSpan(end).IndexOfAny(' ', '\t');
        if (gap >= 0)
        {
            end = end.Start..(end.Start.Value + gap);
        }

        return ((Time(line.AsSpan(start)), start), (Time(line.AsSpan(end)), end));
    }

    /// <returns>As subtitles write it: <c>00:01:02,500</c>.</returns>
    public static string Text(TimeSpan time, bool isWebVtt) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(long)time.TotalHours:00}:{time.Minutes:00}:{time.Seconds:00}{(isWebVtt ? '.' : ',')}{time.Milliseconds:000}");

    private static TimeSpan? Time(ReadOnlySpan<char> text)
    {
        var fraction = 0;
        var mark = text.IndexOfAny('.', ',');
        if (mark >= 0)
        {
            // "1,5" may mean 5 or 500 ms: only three digits can't be misread.
            if (text.Length - mark != 4 || Number(text[(mark + 1)..], 3) is not { } milliseconds)
            {
                return null;
            }

            fraction = milliseconds;
            text = text[..mark];
        }

        Span<Range> fields = stackalloc Range[4];
        var count = text.Split(fields, ':');
        return count is 2 or 3
            && Number(text[fields[count - 1]], 2) is { } seconds and < 60
            && Number(text[fields[count - 2]], 2) is { } minutes and < 60
            && (count == 2 ? 0 : Number(text[fields[0]], MostHourDigits)) is { } hours
            ? new TimeSpan(0, hours, minutes, seconds, fraction)
            : null;
    }

    private static int? Number(ReadOnlySpan<char> digits, int most) =>
        digits.Length >= 1 && digits.Length <= most && digits.IndexOfAnyExceptInRange('0', '9') < 0 ? int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) : null;

    private static Range Trimmed(string line, int from, int to)
    {
        while (from < to && char.IsWhiteSpace(line[from]))
        {
            from++;
        }

        while (to > from && char.IsWhiteSpace(line[to - 1]))
        {
            to--;
        }

        return from..to;
    }
}
