namespace GmiKlingFlow.Core.Timing;

/// <summary>A stretch of time on a video's or an audio's own clock; the end is exclusive.</summary>
public readonly record struct TimeRange(TimeSpan Start, TimeSpan End)
{
    public TimeSpan Length => End - Start;

    public bool Contains(TimeSpan moment) => moment >= Start && moment < End;

    /// <returns>How long both ranges last together; zero when they don't meet.</returns>
    public TimeSpan Overlap(TimeRange other)
    {
        var start = Start > other.Start ? Start : other.Start;
        var end = End < other.End ? End : other.End;
        return end > start ? end - start : TimeSpan.Zero;
    }
}
