namespace GmiKlingFlow.Core.Media.Iso;

/// <summary>Reads MP4, M4A and QuickTime files.</summary>
internal static class IsoReader
{
    public static MediaReading Read(MediaBytes bytes)
    {
        var file = new IsoFile(bytes);
        var layout = IsoLayout.Of(file);
        var movie = IsoMovie.Read(file, layout);
        if ((layout.Problem ?? movie.Problem) is { } problem)
        {
            return new MediaReading.Unreadable(problem);
        }

        var video = movie.Video is { } v ? new VideoTrackFacts(v.Codec, v.Width, v.Height, v.Presented.Shown) : null;
        var audio = movie.Audio is { } a ? new AudioTrackFacts(a.Codec, a.SampleRate, a.Channels, a.Presented.Shown) : null;
        return new MediaReading.Read(new MediaFacts(Container(layout.Brand, video), bytes.Length, movie.Duration, video, audio));
    }

    /// <summary>What is wrong with a file as a video with sound; null when nothing is.</summary>
    public static string? Problem(MediaBytes bytes)
    {
        var file = new IsoFile(bytes);
        var layout = IsoLayout.Of(file);
        var movie = IsoMovie.Read(file, layout);
        return layout.Problem ?? movie.Problem
            ?? (movie.Video is null ? "it has no video track" : movie.Audio is null ? "it has no audio track" : null);
    }

    // Files older than the brand box are QuickTime's; a file with nothing but sound is an M4A, whatever brand it carries.
    private static MediaContainer Container(string? brand, VideoTrackFacts? video) => brand switch
    {
        null or "qt  " => MediaContainer.Mov,
        _ => video is null ? MediaContainer.M4a : MediaContainer.Mp4,
    };
}
