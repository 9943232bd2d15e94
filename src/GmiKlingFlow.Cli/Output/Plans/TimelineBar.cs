using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Cli.Output.Plans;

/// <summary>A video's time from left to right: <c>█</c> the clip, <c>─</c> the face alone, <c>·</c> neither.</summary>
internal static class TimelineBar
{
    private const int Widest = 64;

    /// <param name="face">When the chosen face is seen; null while it is not known.</param>
    /// <param name="columns">Room for the bar with its two ends.</param>
    /// <returns>Empty where there is no room for a useful bar.</returns>
    public static string Of(TimeSpan video, TimeRange clip, TimeRange? face, int columns)
    {
        var cells = Math.Min(columns, Widest) - 2;
        if (cells < 8 || video <= TimeSpan.Zero)
        {
            return "";
        }

        return string.Create(cells + 2, (video, clip, face, cells), static (bar, s) =>
        {
            bar.Fill('·');
            (bar[0], bar[^1]) = ('|', '|');
            if (s.face is { } seen)
            {
                Paint(bar, '─', seen, s.video, s.cells);
            }

            Paint(bar, '█', s.clip, s.video, s.cells);
        });
    }

    // At least one cell, however short: what is there must be seen.
    private static void Paint(Span<char> bar, char sign, TimeRange range, TimeSpan video, int cells)
    {
        var from = Math.Clamp((int)Math.Floor(cells * (range.Start / video)), 0, cells - 1);
        var to = Math.Clamp((int)Math.Ceiling(cells * (range.End / video)), from + 1, cells);
        bar[(from + 1)..(to + 1)].Fill(sign);
    }
}
