using System.Buffers.Binary;

namespace GmiKlingFlow.Core.Media.Iso;

/// <summary>What a <c>moov</c> box says, with the samples of the fragments that follow it.</summary>
internal sealed record IsoMovie(IReadOnlyList<IsoTrack> Tracks, string? Problem)
{
    /// <summary>More tracks than any camera or editor writes; ffmpeg's own limit for streams is 1000.</summary>
    private const int MostTracks = 1000;

    /// <summary>The first with something to see; a track without samples is none.</summary>
    public IsoTrack? Video => First("vide");

    public IsoTrack? Audio => First("soun");

    /// <summary>From the start of the movie to the end of its last video or audio track.</summary>
    public TimeSpan Duration
    {
        get
        {
            var longest = TimeSpan.Zero;
            foreach (var track in Tracks)
            {
                longest = track.Handler is "vide" or "soun" ? MediaTime.Longer(longest, track.Presented.End) : longest;
            }

            return longest;
        }
    }

    public static IsoMovie Read(IsoFile file, IsoLayout layout)
    {
        if (layout.Movie is not { } moov)
        {
            return new IsoMovie([], layout.Problem);
        }

        if (file.Child(moov, "cmov") is not null)
        {
            return new IsoMovie([], "its 'moov' box is compressed, which only QuickTime itself reads");
        }

        var header = file.Child(moov, "mvhd");
        var timeScale = header is { } mvhd ? file.UInt32(mvhd, file.Version(mvhd) == 1 ? 20 : 12) ?? 0 : 0;
        var turned = header is { } matrixBox && SwapsSides(file, matrixBox, file.Version(matrixBox) == 1 ? 48 : 36);
        var fragments = IsoFragments.Read(file, moov, layout.Fragments);
        var tracks = new List<IsoTrack>();
        foreach (var box in file.Boxes(moov))
        {
            if (box.Type == "trak")
            {
                tracks.Add(IsoTrack.Read(file, box, timeScale, turned, fragments));
                if (tracks.Count == MostTracks)
                {
                    break;
                }
            }
        }

        return new IsoMovie(tracks, file.IsTooMuch ? "its tables are longer than those of any video the service takes" : Wrong(file, tracks));
    }

    /// <summary>True when a transformation matrix (ISO/IEC 14496-12, 8.3.2) turns the picture by 90 or 270 degrees.</summary>
    public static bool SwapsSides(IsoFile file, IsoBox box, int offset)
    {
        if (!file.TryPeek(box, offset, 36, out var matrix))
        {
            return false;
        }

        double At(ReadOnlySpan<byte> values, int index) => BinaryPrimitives.ReadInt32BigEndian(values[(index * 4)..]);
        var straight = Math.Abs(At(matrix, 0)) + Math.Abs(At(matrix, 4));
        var across = Math.Abs(At(matrix, 1)) + Math.Abs(At(matrix, 3));
        return across > straight;
    }

    private IsoTrack? First(string handler)
    {
        foreach (var track in Tracks)
        {
            if (track.Handler == handler && track.Presented.Shown > TimeSpan.Zero)
            {
                return track;
            }
        }

        return null;
    }

    private static string? Wrong(IsoFile file, List<IsoTrack> tracks)
    {
        var heardOrSeen = tracks.FindAll(static track => track.Handler is "vide" or "soun");
        return heardOrSeen switch
        {
            [] => "it has neither a video nor an audio track",
            _ when heardOrSeen.Exists(static track => track.IsEncrypted) => "it is encrypted (DRM)",
            _ when heardOrSeen.Exists(track => track.LastChunk >= file.Length) => "its 'moov' box speaks of media beyond the end of the file",
            _ when heardOrSeen.TrueForAll(static track => track.Presented.Shown == TimeSpan.Zero) => "its tracks are empty",
            _ => null,
        };
    }
}
