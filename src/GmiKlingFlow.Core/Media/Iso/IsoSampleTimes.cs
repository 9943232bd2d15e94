namespace GmiKlingFlow.Core.Media.Iso;

/// <summary>When a track's samples are decoded and shown, before its edit list, in the track's own units.</summary>
/// <param name="TimeScale">Units per second.</param>
/// <param name="Length">All samples' durations together.</param>
/// <param name="LastEnd">When the last sample's picture or sound ends: later than <paramref name="Length"/> where frames are reordered.</param>
/// <param name="BeforeFragments">The length of the samples in the movie box; null when there are no others.</param>
/// <remarks>A hostile file's sums reach 2^86: exact in a decimal. Code with Int128 is compiled anew at every start.</remarks>
internal sealed record IsoSampleTimes(uint TimeScale, decimal Length, decimal LastEnd, decimal? BeforeFragments = null)
{
    public static IsoSampleTimes Read(IsoFile file, IsoBox mdhd, IsoBox stbl)
    {
        var late = file.Version(mdhd) == 1;
        var timeScale = file.UInt32(mdhd, late ? 20 : 12) ?? 0;
        var length = Walk(new RunTable(file, file.Child(stbl, "stts")), new RunTable(file, file.Child(stbl, "ctts")), out var lastEnd);

        // The header's duration may be shorter than the samples' (the last one is cut); ffprobe takes the shorter one too.
        decimal stated = (late ? file.UInt64(mdhd, 24) : file.UInt32(mdhd, 16)) ?? 0;
        var isKnown = stated > 0 && stated != uint.MaxValue && stated != ulong.MaxValue;
        var beyond = isKnown && stated < length ? length - stated : 0;
        return new IsoSampleTimes(timeScale, length - beyond, lastEnd - beyond);
    }

    /// <summary>The same track with the samples of its fragments after those of the movie box.</summary>
    public IsoSampleTimes FollowedBy(IsoSampleTimes more) => this with
    {
        Length = Length + more.Length,
        LastEnd = Math.Max(LastEnd, Length + more.LastEnd),
        BeforeFragments = BeforeFragments ?? Length,
    };

    /// <summary>Walks decoding times (runs of equal durations) and presentation offsets (runs of equal offsets) side by side.</summary>
    /// <returns>All samples' durations together.</returns>
    private static decimal Walk(RunTable durations, RunTable offsets, out decimal lastEnd)
    {
        decimal length = 0;
        lastEnd = 0;
        while (durations.Take() is { } run)
        {
            // Within a stretch of equal offsets the last sample ends last, so one step per stretch is enough.
            for (long left = run.Count; left > 0;)
            {
                var (step, offset) = offsets.Peek() is { } shift ? (Math.Min(left, shift.Count), (int)shift.Value) : (left, 0);
                length += (decimal)step * run.Value;
                lastEnd = Math.Max(lastEnd, length + offset);
                left -= step;
                offsets.Use(step);
            }
        }

        return length;
    }

    /// <summary>A table of (how many samples, which value): <c>stts</c> or <c>ctts</c>.</summary>
    private sealed class RunTable(IsoFile file, IsoBox? table)
    {
        private readonly int entries = table is { } box ? file.Entries(box, file.UInt32(box, 4) ?? 0, 8, 8) : 0;
        private int next;
        private Run? current;

        public Run? Take()
        {
            var run = Peek();
            current = null;
            return run;
        }

        public Run? Peek()
        {
            while (current is null && next < entries && table is { } box)
            {
                var at = 8 + (next++ * 8L);
                if (file.UInt32(box, at) is > 0 and { } count && file.UInt32(box, at + 4) is { } value)
                {
                    current = new Run(count, value);
                }
            }

            return current;
        }

        public void Use(long samples) =>
            current = current is { } run && run.Count > samples ? new Run(run.Count - samples, run.Value) : null;
    }

    private readonly record struct Run(long Count, uint Value);
}
