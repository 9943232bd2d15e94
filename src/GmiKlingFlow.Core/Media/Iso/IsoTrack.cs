namespace GmiKlingFlow.Core.Media.Iso;

/// <summary>One <c>trak</c> box.</summary>
/// <param name="Handler"><c>vide</c>, <c>soun</c>, or what else the track holds.</param>
/// <param name="LastChunk">Where in the file the track's last chunk begins; null when it has none outside fragments.</param>
/// <param name="Width">As displayed, in pixels.</param>
internal sealed record IsoTrack(
    string Handler,
    IsoPresentation Presented,
    string Codec,
    bool IsEncrypted,
    long? LastChunk,
    int Width,
    int Height,
    int SampleRate,
    int Channels)
{
    private static readonly IsoTrack Nothing = new("", IsoPresentation.None, "", false, null, 0, 0, 0, 0);

    /// <param name="turned">True when the movie's own matrix turns all pictures by 90 or 270 degrees.</param>
    public static IsoTrack Read(IsoFile file, IsoBox trak, uint movieTimeScale, bool turned, IsoFragments fragments)
    {
        if (file.Child(trak, "mdia") is not { } mdia
            || file.Child(mdia, "hdlr") is not { } hdlr
            || file.Child(mdia, "mdhd") is not { } mdhd
            || file.Child(mdia, "minf") is not { } minf
            || file.Child(minf, "stbl") is not { } stbl)
        {
            return Nothing;
        }

        var track = Nothing with { Handler = file.Type(hdlr, 8) ?? "" };
        if (track.Handler is not ("vide" or "soun"))
        {
            return track;
        }

        var tkhd = file.Child(trak, "tkhd");
        var late = tkhd is { } idBox && file.Version(idBox) == 1;
        var id = tkhd is { } head ? file.UInt32(head, late ? 20 : 12) ?? 0 : 0;
        var samples = IsoSampleTimes.Read(file, mdhd, stbl);
        if (fragments.Of(id) is { } more)
        {
            samples = samples.FollowedBy(more);
        }

        track = track with
        {
            Presented = IsoPresentation.Read(file, trak, movieTimeScale, samples),
            LastChunk = Chunk(file, stbl, last: true),
        };
        if (file.Child(stbl, "stsd") is not { } stsd || file.Boxes(stsd, skip: 8).FirstOrDefault() is not { Type: not null } entry)
        {
            return track;
        }

        track = track with { IsEncrypted = entry.Type is "encv" or "enca" or "drmi" or "drms" };
        if (track.Handler == "soun")
        {
            var sound = IsoSoundEntry.Read(file, entry).AsHeardFrom(file, Chunk(file, stbl, last: false));
            return track with { Codec = sound.Codec, SampleRate = sound.SampleRate, Channels = sound.Channels };
        }

        turned ^= tkhd is { } matrixBox && IsoMovie.SwapsSides(file, matrixBox, late ? 52 : 40);
        var (width, height) = (file.UInt16(entry, 24) ?? 0, file.UInt16(entry, 26) ?? 0);
        return track with
        {
            Codec = IsoCodecs.Video(entry.Type, IsoSoundEntry.Descriptor(file, entry, from: 78)?.ObjectType),
            Width = turned ? height : width,
            Height = turned ? width : height,
        };
    }

    /// <summary>Where in the file the first or last chunk of samples begins; null when there are none outside fragments.</summary>
    private static long? Chunk(IsoFile file, IsoBox stbl, bool last)
    {
        var (table, wide) = (file.Child(stbl, "stco"), false);
        if (table is null)
        {
            (table, wide) = (file.Child(stbl, "co64"), true);
        }

        if (table is not { } box || file.UInt32(box, 4) is not (> 0 and { } count))
        {
            return null;
        }

        var at = 8 + (last ? (count - 1L) * (wide ? 8 : 4) : 0);
        return wide ? (long)Math.Min(file.UInt64(box, at) ?? 0, long.MaxValue) : file.UInt32(box, at);
    }
}
