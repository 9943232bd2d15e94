using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Cli.Output.Plans;

/// <summary>
/// An entry's time from left to right, readable without colour: <c>█</c> clip, face seen · <c>!</c> clip, face not seen or no video any more · <c>▒</c> clip,
/// face not known · <c>─</c> face alone · <c>·</c> neither · <c>?</c> not known. A cell promises no more than holds for all of it.
/// </summary>
/// <param name="Video">Null while it is not known: then the bar has no end.</param>
/// <param name="Face">When the chosen face is seen; null while it is not known.</param>
internal sealed record TimelineBar(TimeSpan? Video, TimeRange Clip, TimeRange? Face)
{
    private const int Widest = 64;
    private const int Narrowest = 8;

    /// <param name="columns">Room for the bar with its two ends.</param>
    /// <returns>Empty where there is no room for a useful bar.</returns>
    public string Text(int columns)
    {
        var cells = Math.Min(columns, Widest) - 2;
        if (cells < Narrowest || Video <= TimeSpan.Zero || Clip.Length <= TimeSpan.Zero)
        {
            return "";
        }

        var whole = Max(Clip.End, Video ?? Face?.End ?? TimeSpan.Zero);

        // What lies behind a video of unknown length is a quarter of the bar, however long it is.
        var drawn = Video is null ? cells * 3 / 4 : cells;
        return string.Create(cells + 2, (Bar: this, whole, drawn), static (bar, s) =>
        {
            (bar[0], bar[^1]) = ('|', s.Bar.Video is null ? '…' : '|');
            for (var i = 1; i < bar.Length - 1; i++)
            {
                bar[i] = i > s.drawn ? '?' : s.Bar.Cell(new TimeRange(s.whole * (i - 1) / s.drawn, s.whole * i / s.drawn));
            }
        });
    }

    private char Cell(TimeRange cell)
    {
        if (Common(Clip, cell) is { } playing)
        {
            return Video < playing.End ? '!'
                : Face is not { } face ? '▒'
                : face.Start <= playing.Start && face.End >= playing.End ? '█' : '!';
        }

        return cell.Start >= Video ? ' '
            : Face is not { } seen ? '?'
            : Common(seen, cell) is null ? '·' : '─';
    }

    private static TimeRange? Common(TimeRange a, TimeRange b)
    {
        var (start, end) = (Max(a.Start, b.Start), a.End < b.End ? a.End : b.End);
        return end > start ? new(start, end) : null;
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
