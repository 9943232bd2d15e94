using System.Globalization;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Core.Rules;

/// <summary>What the API would refuse (GKF41xx): one method per code.</summary>
internal static partial class RuleDiagnostics
{
    private const int FacesShown = 12;

    public static Diagnostic VideoFormat(Place? at, string video, string format) => Error("GKF4101", at,
        $"\"{video}\" is {format}. Use a video in mp4 or mov.");

    public static Diagnostic VideoWithoutPicture(Place? at, string video) => Error("GKF4102", at,
        $"\"{video}\" has no picture track. Use a video that shows a face.");

    public static Diagnostic VideoTooLarge(Place? at, string video, long bytes, long limit) => Error("GKF4103", at,
        $"\"{video}\" has {Number(bytes)} bytes, more than the {Megabytes(limit)} MB allowed. Encode it smaller.");

    public static Diagnostic VideoTooShort(Place? at, string video, TimeSpan duration, TimeSpan limit) => Error("GKF4104", at,
        $"\"{video}\" lasts {Milliseconds(duration)} ms, less than the {Milliseconds(limit)} ms needed. Use a longer video.");

    public static Diagnostic VideoTooLong(Place? at, string video, TimeSpan duration, TimeSpan limit) => Error("GKF4105", at,
        $"\"{video}\" lasts {Milliseconds(duration)} ms, more than the {Milliseconds(limit)} ms allowed. Cut it into several videos.");

    public static Diagnostic VideoDimensions(Place? at, string video, int width, int height, int smallest, int largest) => Error("GKF4106", at,
        $"\"{video}\" is {Number(width)}x{Number(height)} px. Scale it so that width and height are each {Number(smallest)} to {Number(largest)} px.");

    public static Diagnostic VideoResolution(Place? at, string video, int width, int height) => Warning("GKF4107", at,
        $"\"{video}\" is {Number(width)}x{Number(height)} px. Kling names 720p and 1080p; other sizes were accepted, but scale it to be sure.");

    public static Diagnostic AudioFormat(Place? at, string audio, string format) => Error("GKF4111", at,
        $"\"{audio}\" is {format}. Use audio in mp3, wav, m4a or aac.");

    public static Diagnostic AudioWithoutSound(Place? at, string audio) => Error("GKF4112", at,
        $"\"{audio}\" has no sound track. Use a file with speech in it.");

    public static Diagnostic AudioTooLarge(Place? at, string audio, long bytes, long limit) => Error("GKF4113", at,
        $"\"{audio}\" has {Number(bytes)} bytes, more than the {Megabytes(limit)} MB allowed. Encode it smaller, such as mp3.");

    public static Diagnostic AudioTooShort(Place? at, string audio, TimeSpan duration, TimeSpan limit) => Error("GKF4114", at,
        $"\"{audio}\" lasts {Milliseconds(duration)} ms, less than the {Milliseconds(limit)} ms needed. Add silence at its end.");

    public static Diagnostic AudioTooLong(Place? at, string audio, TimeSpan duration, TimeSpan limit) => Error("GKF4115", at,
        $"\"{audio}\" lasts {Milliseconds(duration)} ms, more than the {Milliseconds(limit)} ms allowed. Cut it into several files.");

    public static Diagnostic AudioDataPrefix(Place? at, string audio) => Error("GKF4116", at,
        $"\"{audio}\" begins with \"data:\". Leave out everything up to and including the comma: the API takes bare Base64.");

    public static Diagnostic AudioNotBase64(Place? at, string audio) => Error("GKF4117", at,
        $"\"{audio}\" is not Base64. Give a URL, a file, or the file's bytes as bare Base64.");

    public static Diagnostic NoEntries(Place? at, string video) => Error("GKF4121", at,
        $"\"{video}\" has no face entry to sync. Give at least one face with its audio.");

    public static Diagnostic UnknownFace(Place? at, string id, string video, IReadOnlyList<Face> faces) => Error("GKF4122", at,
        $"\"{id}\" is not a face of \"{video}\". {(faces.Count == 0 ? "No face was found in it." : $"Use one of: {List(faces)}.")}");

    public static Diagnostic SoundStartNegative(Place? at, TimeSpan start) => Error("GKF4123", at,
        $"\"{Milliseconds(start)}\" is before the start of the audio. Use 0 or more.");

    /// <param name="duration">Null where the audio is not measured: then the longest there may be is told.</param>
    public static Diagnostic SoundEndAfterAudio(Place? at, TimeSpan end, string audio, TimeSpan? duration, TimeSpan best) => Error("GKF4124", at,
        duration is { } known
            ? $"\"{Milliseconds(end)}\" is after the end of \"{audio}\" ({Milliseconds(known)} ms). Use {Offer(best)} or less, or leave it out."
            : $"\"{Milliseconds(end)}\" is after the end of the longest audio there may be. Use {Offer(best)} or less, within \"{audio}\".");

    public static Diagnostic SoundEndInMargin(Place? at, TimeSpan end, string audio, TimeSpan duration, TimeSpan safe, TimeSpan margin) => Warning("GKF4125", at,
        $"\"{Milliseconds(end)}\" is very near the end of \"{audio}\" ({Milliseconds(duration)} ms). Use {Offer(safe)} or less, or leave it out.",
        $"Assumed: its last {Milliseconds(margin)} ms may not be there. Measured ends lie past the true ones, and 150 ms too much has failed a paid job.");

    public static Diagnostic ClipTooShort(Place? at, string audio, TimeSpan length, TimeSpan limit) => Error("GKF4126", at,
        (length < TimeSpan.Zero
            ? $"The clip of \"{audio}\" ends {Milliseconds(SaturatedTime.Subtract(TimeSpan.Zero, length))} ms before its start, and {Milliseconds(limit)} ms are needed."
            : $"The clip of \"{audio}\" lasts {Milliseconds(length)} ms, less than the {Milliseconds(limit)} ms needed.")
        + " Start it earlier or end it later.");

    public static Diagnostic SoundInsertNegative(Place? at, TimeSpan insert) => Error("GKF4127", at,
        $"\"{Milliseconds(insert)}\" is before the start of the video. Use 0 or more.");

    /// <param name="duration">Null where the video is not measured: then the longest there may be is told.</param>
    public static Diagnostic ClipPastVideo(Place? at, TimeSpan insert, TimeSpan end, string video, TimeSpan? duration, TimeSpan longest, TimeSpan latest) => Error("GKF4128", at,
        $"Inserted at \"{Milliseconds(insert)}\" the clip ends at {Milliseconds(end)} ms, after "
        + (duration is { } known ? $"\"{video}\" ({Milliseconds(known)} ms). " : $"the end of the longest video there may be ({Milliseconds(longest)} ms). ")
        + (latest < TimeSpan.Zero ? "Use a shorter clip." : $"Insert it at {Offer(latest)} or earlier, or use a shorter clip."));

    public static Diagnostic ClipInVideoMargin(Place? at, TimeSpan insert, TimeSpan end, string video, TimeSpan duration, TimeSpan margin) => Warning("GKF4129", at,
        $"Inserted at \"{Milliseconds(insert)}\" the clip ends at {Milliseconds(end)} ms, very near the end of \"{video}\" ({Milliseconds(duration)} ms). Insert it earlier.",
        $"Assumed: the video's last {Milliseconds(margin)} ms may not be there, because measured ends lie past the true ones.");

    public static Diagnostic OverlapTooShort(Place? at, TimeRange clip, Face face, TimeSpan overlap, TimeSpan limit) => Error("GKF4130", at,
        $"The clip ({Range(clip)}) and face \"{face.Id}\" ({Range(face.Visible)}) share {Milliseconds(overlap)} ms, less than {Milliseconds(limit)} ms. Move the clip to where the face is seen.");

    public static Diagnostic OverlapInMargin(Place? at, TimeRange clip, Face face, TimeSpan overlap, TimeSpan margin) => Warning("GKF4131", at,
        $"The clip ({Range(clip)}) and face \"{face.Id}\" ({Range(face.Visible)}) share {Milliseconds(overlap)} ms only with the last {Milliseconds(margin)} ms. Move the clip.",
        $"Assumed: the face is gone {Milliseconds(margin)} ms before its interval ends. Kling says that intervals end a little too late.");

    public static Diagnostic SoundVolume(Place? at, double volume, double lowest, double highest) => Error("GKF4132", at,
        $"\"{Number(volume)}\" is not a volume. Use a number from {Number(lowest)} to {Number(highest)} for \"sound_volume\".");

    public static Diagnostic OriginalAudioVolume(Place? at, double volume, double lowest, double highest) => Error("GKF4133", at,
        $"\"{Number(volume)}\" is not a volume. Use a number from {Number(lowest)} to {Number(highest)} for \"original_audio_volume\".");

    private static Diagnostic Error(string code, Place? at, string message) => new(code, Severity.Error, message, at);

    private static Diagnostic Warning(string code, Place? at, string message, string? hint = null) => new(code, Severity.Warning, message, at, hint);

    private static string List(IReadOnlyList<Face> faces) =>
        string.Join(", ", faces.Take(FacesShown).Select(face => $"\"{face.Id}\" ({Range(face.Visible)})"))
        + (faces.Count > FacesShown ? $" and {Number(faces.Count - FacesShown)} more" : "");

    private static string Range(TimeRange range) => $"{Milliseconds(range.Start)}-{Milliseconds(range.End)} ms";

    private static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("0.###", CultureInfo.InvariantCulture);

    // Rounded down: a number that is offered as "or less" must not be past the limit.
    private static string Offer(TimeSpan time) => Number((long)Math.Floor(time.TotalMilliseconds));

    private static string Megabytes(long bytes) => (bytes / 1_000_000m).ToString("0.#", CultureInfo.InvariantCulture);

    private static string Number(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
