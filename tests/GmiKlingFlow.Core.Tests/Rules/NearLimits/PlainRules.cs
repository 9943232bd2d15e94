namespace GmiKlingFlow.Core.Tests.Rules.NearLimits;

/// <summary>
/// Section 4 of the API contract told a second time, as plainly as it can be: its own numbers, no code of the rules. Where something is not
/// known, what no source could fulfil is broken. Times in milliseconds.
/// </summary>
internal static class PlainRules
{
    /// <summary>Which of these sentences each code names.</summary>
    public static readonly IReadOnlyDictionary<string, string> Named = new Dictionary<string, string>
    {
        ["GKF4101"] = "video: .mp4 or .mov",
        ["GKF4102"] = "video: has a picture",
        ["GKF4103"] = "video: 100 MB at most",
        ["GKF4104"] = "video: 2 s at least",
        ["GKF4105"] = "video: 60 s at most",
        ["GKF4106"] = "video: width and height each 512 to 2160",
        ["GKF4111"] = "audio: .mp3 .wav .m4a .aac",
        ["GKF4112"] = "audio: has sound",
        ["GKF4113"] = "audio: 5 MB at most",
        ["GKF4114"] = "audio: 2 s at least",
        ["GKF4115"] = "audio: 60 s at most",
        ["GKF4122"] = "face_id as returned",
        ["GKF6001"] = "face_id as returned",
        ["GKF6002"] = "face_id as returned",
        ["GKF4123"] = "sound_start_time from the start of the audio",
        ["GKF4124"] = "sound_end_time within the audio",
        ["GKF4126"] = "cropped part 2000 ms at least",
        ["GKF4127"] = "sound_insert_time 0 at least",
        ["GKF4128"] = "inserted range within the video",
        ["GKF4130"] = "overlap with the face 2000 ms at least",
        ["GKF4132"] = "sound_volume 0 to 2",
        ["GKF4133"] = "original_audio_volume 0 to 2",

        // Not the API's: what the tool itself needs.
        ["GKF4201"] = "own: an end that is left out must be measurable",
        ["GKF4202"] = "own: a local mov can't be uploaded",
    };

    /// <summary>The numbers of an entry as they would be sent; null where not known.</summary>
    public sealed record Sent(string FaceId, DrawnSource Audio, decimal Start, decimal? End, decimal? Insert, decimal? Volume, decimal? Original);

    public static IEnumerable<string> BrokenByVideo(DrawnSource video)
    {
        if (video.Format is not ("mp4" or "mov" or "php"))
        {
            yield return "video: .mp4 or .mov";
        }

        if (video is { IsUrl: false, Format: "mov" })
        {
            yield return "own: a local mov can't be uploaded";
        }

        if (video is { IsUrl: false, HasTrack: false })
        {
            yield return "video: has a picture";
        }

        if (video.Bytes > 100_000_000)
        {
            yield return "video: 100 MB at most";
        }

        if (video.Whole < 2000 || (video.HasTrack && video.Track < 2000))
        {
            yield return "video: 2 s at least";
        }

        if (video.Whole > 60_000)
        {
            yield return "video: 60 s at most";
        }

        if (video is { IsUrl: false, HasTrack: true } && (video.Width < 512 || video.Width > 2160 || video.Height < 512 || video.Height > 2160))
        {
            yield return "video: width and height each 512 to 2160";
        }
    }

    public static IEnumerable<string> BrokenByAudio(DrawnSource audio)
    {
        if (audio.Format is not ("mp3" or "wav" or "m4a" or "aac" or "tts"))
        {
            yield return "audio: .mp3 .wav .m4a .aac";
        }

        if (audio is { IsUrl: false, HasTrack: false })
        {
            yield return "audio: has sound";
        }

        if (audio.Bytes > 5_000_000)
        {
            yield return "audio: 5 MB at most";
        }

        if (audio.Whole < 2000 || (audio.HasTrack && audio.Track < 2000))
        {
            yield return "audio: 2 s at least";
        }

        if (audio.Whole > 60_000)
        {
            yield return "audio: 60 s at most";
        }
    }

    /// <param name="faces">What identify returned; null before that.</param>
    public static IEnumerable<string> BrokenByEntry(DrawnSource video, Sent entry, IReadOnlyList<(string Id, decimal Start, decimal End)>? faces)
    {
        var audioLength = (entry.Audio.HasTrack ? entry.Audio.Track : null) ?? entry.Audio.Whole;
        var videoLength = (video.HasTrack ? video.Track : null) ?? video.Whole;
        if (entry.Start < 0)
        {
            yield return "sound_start_time from the start of the audio";
        }

        if (entry.End is null)
        {
            yield return "own: an end that is left out must be measurable";
        }

        if (entry.End > (audioLength ?? 60_000))
        {
            yield return "sound_end_time within the audio";
        }

        var clip = entry.End - entry.Start;
        if (clip < 2000)
        {
            yield return "cropped part 2000 ms at least";
        }

        if (entry.Insert < 0)
        {
            yield return "sound_insert_time 0 at least";
        }

        // A clip that is not known yet, or too short, will be 2000 ms at least; and no video is longer than 60 s.
        if (entry.Insert + Math.Max(clip ?? 2000, 2000) > Math.Min(videoLength ?? 60_000, 60_000))
        {
            yield return "inserted range within the video";
        }

        if (entry.Volume is < 0 or > 2)
        {
            yield return "sound_volume 0 to 2";
        }

        if (entry.Original is < 0 or > 2)
        {
            yield return "original_audio_volume 0 to 2";
        }

        if (faces is null)
        {
            yield break;
        }

        var face = faces.Where(f => f.Id == entry.FaceId).ToList();
        if (face.Count == 0)
        {
            yield return "face_id as returned";
        }
        else if (Math.Min((entry.Insert + clip) ?? 0, face[0].End) - Math.Max(entry.Insert ?? 0, face[0].Start) < 2000)
        {
            yield return "overlap with the face 2000 ms at least";
        }
    }
}
