namespace GmiKlingFlow.Core.Media.Iso;

/// <summary>What is seen or heard of a track once its edit list is applied.</summary>
/// <param name="Shown">How much of it, without pauses.</param>
/// <param name="End">When the last of it ends, counted from the start of the movie.</param>
internal sealed record IsoPresentation(TimeSpan Shown, TimeSpan End)
{
    public static readonly IsoPresentation None = new(TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>Editors write a handful.</summary>
    private const uint MostEdits = 10_000;

    public static IsoPresentation Read(IsoFile file, IsoBox trak, uint movieTimeScale, IsoSampleTimes samples)
    {
        var whole = MediaTime.From(samples.Length, samples.TimeScale);
        if (movieTimeScale == 0 || file.Child(trak, "edts") is not { } edts || file.Child(edts, "elst") is not { } elst)
        {
            return new IsoPresentation(whole, whole);
        }

        var late = file.Version(elst) == 1;
        var size = late ? 20 : 12;
        var count = file.Entries(elst, Math.Min(file.UInt32(elst, 4) ?? 0, MostEdits), 8, size);
        if (count == 0)
        {
            return new IsoPresentation(whole, whole);
        }

        TimeSpan shown = TimeSpan.Zero, clock = TimeSpan.Zero, end = TimeSpan.Zero;
        for (var i = 0; i < count; i++)
        {
            var at = 8 + ((long)i * size);
            var length = MediaTime.From((late ? file.UInt64(elst, at) : file.UInt32(elst, at)) ?? 0, movieTimeScale);
            var from = late ? (long)(file.UInt64(elst, at + 8) ?? 0) : (int)(file.UInt32(elst, at + 4) ?? 0);
            if (from < 0)
            {
                clock = MediaTime.Sum(clock, length);
                continue;
            }

            var isFrozen = file.UInt16(elst, at + size - 4) == 0;
            var there = MediaTime.From(samples.LastEnd - from, samples.TimeScale);

            // An edit list written before the fragments were can't know how long its last edit is.
            var isOpen = length == TimeSpan.Zero
                || (i == count - 1 && samples.BeforeFragments is { } first && length <= MediaTime.From(first, samples.TimeScale));
            var part = isOpen ? there : isFrozen ? length : MediaTime.Shorter(length, there);
            shown = MediaTime.Sum(shown, part);
            clock = MediaTime.Sum(clock, part);
            end = clock;
        }

        return new IsoPresentation(shown, end);
    }
}
