namespace GmiKlingFlow.Core.Media.Iso;

/// <summary>The samples that stand in <c>moof</c> boxes (ISO/IEC 14496-12, 8.8), per track.</summary>
internal sealed class IsoFragments
{
    private readonly Dictionary<long, Track> tracks = [];

    public static IsoFragments Read(IsoFile file, IsoBox moov, IReadOnlyList<IsoBox> fragments)
    {
        var read = new IsoFragments();
        if (fragments.Count == 0)
        {
            return read;
        }

        foreach (var trex in file.Child(moov, "mvex") is { } mvex ? file.Boxes(mvex).Where(b => b.Type == "trex") : [])
        {
            read.TrackOf(file.UInt32(trex, 4) ?? 0).DefaultDuration = file.UInt32(trex, 12) ?? 0;
        }

        foreach (var traf in fragments.SelectMany(moof => file.Boxes(moof)).Where(b => b.Type == "traf"))
        {
            read.Add(file, traf);
        }

        return read;
    }

    /// <summary>A track's samples in all fragments; null when it has none. The time scale is the track's own.</summary>
    public IsoSampleTimes? Of(uint track) => tracks.TryGetValue(track, out var known) ? known.Times : null;

    private void Add(IsoFile file, IsoBox traf)
    {
        if (file.Child(traf, "tfhd") is not { } tfhd || file.UInt32(tfhd, 0) is not { } flags || file.UInt32(tfhd, 4) is not { } id)
        {
            return;
        }

        var track = TrackOf(id);
        var usual = track.DefaultDuration;
        if ((flags & 0x08) != 0)
        {
            var before = ((flags & 0x01) != 0 ? 8 : 0) + ((flags & 0x02) != 0 ? 4 : 0);
            usual = file.UInt32(tfhd, 8 + before) ?? usual;
        }

        var times = track.Times ?? new IsoSampleTimes(0, 0, 0);
        if (file.Child(traf, "tfdt") is { } tfdt && (file.Version(tfdt) == 1 ? file.UInt64(tfdt, 4) : file.UInt32(tfdt, 4)) is { } start)
        {
            // Writers leave a fragment's last duration at 0 and let the next fragment's start tell; a recording may start at any time.
            track.Start ??= start;
            times = times with { Length = Math.Max(times.Length, start - track.Start.Value) };
        }

        foreach (var trun in file.Boxes(traf).Where(b => b.Type == "trun"))
        {
            times = times.FollowedBy(Run(file, trun, usual));
        }

        track.Times = times;
    }

    private Track TrackOf(uint id)
    {
        if (!tracks.TryGetValue(id, out var track))
        {
            tracks.Add(id, track = new Track());
        }

        return track;
    }

    private static IsoSampleTimes Run(IsoFile file, IsoBox trun, uint usual)
    {
        if (file.UInt32(trun, 0) is not { } flags || file.UInt32(trun, 4) is not { } claimed)
        {
            return new IsoSampleTimes(0, 0, 0);
        }

        var (hasDuration, hasOffset) = ((flags & 0x100) != 0, (flags & 0x800) != 0);
        var size = (hasDuration ? 4 : 0) + ((flags & 0x200) != 0 ? 4 : 0) + ((flags & 0x400) != 0 ? 4 : 0) + (hasOffset ? 4 : 0);
        if (size == 0 || !(hasDuration || hasOffset))
        {
            var all = (decimal)claimed * usual;
            return new IsoSampleTimes(0, all, all);
        }

        var first = 8 + ((flags & 0x01) != 0 ? 4 : 0) + ((flags & 0x04) != 0 ? 4 : 0);
        decimal length = 0, lastEnd = 0;
        var count = file.Entries(trun, claimed, first, size);
        for (var i = 0; i < count; i++)
        {
            var at = first + ((long)i * size);
            length += hasDuration ? file.UInt32(trun, at) ?? 0 : usual;
            var offset = hasOffset ? (int)(file.UInt32(trun, at + size - 4) ?? 0) : 0;
            lastEnd = Math.Max(lastEnd, length + offset);
        }

        return new IsoSampleTimes(0, length, lastEnd);
    }

    private sealed class Track
    {
        public uint DefaultDuration { get; set; }

        /// <summary>Of its first fragment.</summary>
        public decimal? Start { get; set; }

        public IsoSampleTimes? Times { get; set; }
    }
}
