using System.Globalization;
using System.Text;

namespace GmiKlingFlow.Core.Templating.Functions;

/// <summary>Date patterns with Scriban's <c>%</c> letters, in the invariant culture.</summary>
internal static class DatePattern
{
    public const string Default = "%d %b %Y";

    /// <summary>More characters than any letter of a pattern can become.</summary>
    public const int LongestPart = 30;

    public static string Format(DateTime moment, string pattern)
    {
        var text = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%' || i + 1 == pattern.Length)
            {
                text.Append(pattern[i]);
            }
            else
            {
                i++;
                text.Append(Part(moment, pattern[i], isWhole: pattern.Length == 2) ?? $"%{pattern[i]}");
            }
        }

        return text.ToString();
    }

    /// <returns>The .NET format that reads what the pattern writes, or null for letters that can't be read.</returns>
    public static string? ToNetFormat(string pattern)
    {
        var format = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%' || i + 1 == pattern.Length)
            {
                format.Append('\\').Append(pattern[i]);
            }
            else if (Readable(pattern[++i]) is { } part)
            {
                format.Append(part);
            }
            else
            {
                return null;
            }
        }

        return format.Length == 1 ? "%" + format : format.ToString();
    }

    private static string? Readable(char letter) => letter switch
    {
        'Y' => "yyyy",
        'y' => "yy",
        'm' => "MM",
        'd' or 'e' => "d",
        'H' or 'k' => "H",
        'I' or 'l' => "h",
        'M' => "mm",
        'S' => "ss",
        'L' => "fff",
        'p' => "tt",
        'b' or 'h' => "MMM",
        'B' => "MMMM",
        'F' => "yyyy'-'MM'-'dd",
        'T' => "H':'mm':'ss",
        'R' => "H':'mm",
        'D' => "MM'/'dd'/'yy",
        'Z' => "K",
        '%' => "'%'",
        _ => null,
    };

    private static string? Part(DateTime moment, char letter, bool isWhole) => letter switch
    {
        'a' => Net(moment, "ddd"),
        'A' => Net(moment, "dddd"),
        'b' or 'h' => Net(moment, "MMM"),
        'B' => Net(moment, "MMMM"),
        'c' => Format(moment, "%a %b %e %T %Y"),
        'C' => Digits(moment.Year / 100, 2),
        'd' => Net(moment, "dd"),
        'D' => Format(moment, "%m/%d/%y"),
        'e' => Padded(moment.Day),
        'F' => Format(moment, "%Y-%m-%d"),
        'g' => isWhole ? Format(moment, Default) : "",
        'H' => Net(moment, "HH"),
        'I' => Net(moment, "hh"),
        'j' => Digits(moment.DayOfYear, 3),
        'k' => Padded(moment.Hour),
        'l' => Padded((moment.Hour + 11) % 12 + 1),
        'L' => Net(moment, "fff"),
        'm' => Net(moment, "MM"),
        'M' => Net(moment, "mm"),
        'n' => "\n",
        'N' => Net(moment, "fffffff") + "00",
        'p' => Net(moment, "tt"),
        'P' => Net(moment, "tt").ToLowerInvariant(),
        'r' => Format(moment, "%I:%M:%S %p"),
        'R' => Format(moment, "%H:%M"),
        's' => Digits((moment - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond, 1),
        'S' => Net(moment, "ss"),
        't' => "\t",
        'T' or 'X' => Format(moment, "%H:%M:%S"),
        'u' => Digits(moment.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)moment.DayOfWeek, 1),
        'U' => Digits((moment.DayOfYear + 6 - (int)moment.DayOfWeek) / 7, 2),
        'v' => Format(moment, "%e-%b-%Y").ToUpperInvariant(),
        'V' => Digits(ISOWeek.GetWeekOfYear(moment), 2),
        'w' => Digits((int)moment.DayOfWeek, 1),
        'W' => Digits((moment.DayOfYear + 6 - (((int)moment.DayOfWeek + 6) % 7)) / 7, 2),
        'x' => Net(moment, "d"),
        'y' => Net(moment, "yy"),
        'Y' => Net(moment, "yyyy"),
        'Z' => Net(moment, "zzz"),
        '%' => "%",
        _ => null,
    };

    private static string Net(DateTime moment, string format) => moment.ToString(format, CultureInfo.InvariantCulture);

    private static string Digits(long number, int count) => number.ToString($"D{count}", CultureInfo.InvariantCulture);

    private static string Padded(int number) => Digits(number, 1).PadLeft(2);
}
