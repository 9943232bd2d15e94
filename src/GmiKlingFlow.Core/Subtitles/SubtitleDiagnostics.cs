using System.Globalization;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Subtitles;

/// <summary>Subtitles that can't time a job's entries (GKF44xx): one method per code.</summary>
public static class SubtitleDiagnostics
{
    public static Diagnostic OnlyWithSegments(Place at, string key) =>
        Error("GKF4401", $"\"{key}\" stands in a job only beside \"segments_from\". Move it into an entry of \"faces\".", at);

    public static Diagnostic NotAFile(Place at, string scheme) =>
        Error("GKF4402", $"A \"{Quoted.Short(scheme)}\" URL can't be used here: subtitles are read from local files. Download them, and give their path.", at);

    public static Diagnostic TooLarge(Place at, string file, long bytes, long limit) =>
        Error("GKF4403", $"\"{Quoted.Short(file)}\" has {Quoted.Count(bytes)} bytes, too many for subtitles (limit {Quoted.Count(limit)}). Give an SRT or WebVTT file.", at);

    /// <param name="encoding">In words: <c>UTF-16</c>.</param>
    public static Diagnostic OtherEncoding(Place at, string encoding) =>
        Error("GKF4404", $"This is \"{encoding}\", not text in UTF-8. Give an SRT or WebVTT file saved as UTF-8.", at);

    public static Diagnostic NotUtf8(Place at) =>
        Error("GKF4405", "What follows here is not \"UTF-8\", perhaps Latin-1 or Windows-1252. Save the file as UTF-8.", at);

    public static Diagnostic NoCues(Place at, string file) =>
        Error("GKF4406", $"\"{Quoted.Short(file)}\" holds no cue. Write lines such as 00:00:01,000 --> 00:00:03,500, each followed by its text.", at);

    public static Diagnostic BadTime(Place at, string time) =>
        Error("GKF4407", $"\"{Quoted.Short(time)}\" is no time of a cue. Write hours, minutes, seconds and three digits, such as 00:01:02,500.", at);

    public static Diagnostic EndsBeforeStart(Place at, string end, string start) =>
        Error("GKF4408", $"\"{Quoted.Short(end)}\" does not come after the cue's start, {Quoted.Short(start)}. Let the cue end later.", at);

    public static Diagnostic StrayText(Place at, string text) =>
        Error("GKF4409", $"\"{Quoted.Short(text)}\" belongs to no cue. Remove the blank line above it, or give it times.", at);

    public static Diagnostic TooManyCues(Place at, string file, int limit) =>
        Error("GKF4410", $"\"{Quoted.Short(file)}\" has more than {Quoted.Count(limit)} cues, and a video lasts a minute. Cut the file to the video.", at);

    public static Diagnostic OutOfOrder(Place at, string start, SourceSpan before) =>
        Warning("GKF4411", $"\"{Quoted.Short(start)}\" is before the start of the cue above. Cues are used by time; sort them if that is not meant.", at) with
        {
            Related = [new RelatedPlace("The cue above starts here.", before)],
        };

    public static Diagnostic NoWebVttHeader(Place at) =>
        Error("GKF4412", "A .vtt file begins with the line \"WEBVTT\", and this one does not. Add it, or name the file .srt.", at);

    public static Diagnostic MoreProblems(Place at, string file, int count) =>
        new("GKF4413", Severity.Info, $"\"{Quoted.Short(file)}\" has {Quoted.Count(count)} more problems. Mend the first, then look again.", at);

    /// <param name="nearest">A known speaker; null where none is near.</param>
    public static Diagnostic UnknownSpeaker(Place at, string speaker, string video, string? nearest) =>
        Error("GKF4414", $"\"{Quoted.Short(speaker)}\" is neither a face of video \"{Quoted.Short(video)}\" nor under \"speakers\". {(nearest is null ? $"Add {Quoted.Short(speaker)} to one of them." : $"Did you mean \"{Quoted.Short(nearest)}\"?")}", at,
            "Under \"speakers\" an empty value leaves a speaker's cues out: speakers: { NARRATOR: }.");

    public static Diagnostic NobodyNamed(Place at, string video) =>
        Error("GKF4415", $"No cue says who speaks, and video \"{Quoted.Short(video)}\" does not name exactly one face. Add \"face:\" to the job, or labels such as ANNA: to the cues.", at);

    public static Diagnostic NoSpeaker(Place at, int cue) =>
        Error("GKF4416", $"Cue \"{Number(cue)}\" does not say who speaks. Begin it with a label such as ANNA:, or add \"face:\" to the job.", at,
            "\"face\" is whose the cues without a label are.");

    public static Diagnostic SeveralSpeakers(Place at, int cue) =>
        Error("GKF4417", $"Cue \"{Number(cue)}\" has several speakers, and only one can be timed by it. Split it into one cue each.", at);

    public static Diagnostic TakenAsText(Place at, string words) =>
        Warning("GKF4418", $"\"{Quoted.Short(words)}\" is taken as words of the cue. If it names a speaker, add it under \"speakers\".", at);

    public static Diagnostic NoSpeech(Place at, int cue) =>
        new("GKF4419", Severity.Info, $"Cue \"{Number(cue)}\" has no words, so nobody says it. Remove it, or write what is said.", at);

    public static Diagnostic NothingToSay(Place at, string file) =>
        Error("GKF4420", $"\"{Quoted.Short(file)}\" leaves no entry: no cue has words for a face. Add one, or leave the job out with \"when\".", at);

    /// <param name="way">A sentence: what would make it fit.</param>
    public static Diagnostic TooShort(Place at, string cues, long length, long limit, string way) =>
        Error("GKF4421", $"\"{cues}\" lasts {Number(length)} ms, less than the {Number(limit)} ms needed, and no cue of this speaker is near enough to join. {way}", at,
            "Cues of one speaker are joined when the pause is at most a second and nobody else speaks in it.");

    /// <param name="latest">As the file writes times; null where nothing would fit.</param>
    public static Diagnostic CueAfterAudio(Place at, string end, string audio, long duration, string? latest) =>
        Error("GKF4422", $"\"{end}\" is after the end of \"{Quoted.Short(audio)}\" ({Number(duration)} ms). {(latest is null ? "Give the audio of the whole dialogue." : $"Let the cue end at {latest} or earlier.")}", at,
            "The audio lies on the video's clock. Where each cue has a file of its own, write sound_start_time: 0.");

    /// <param name="key"><c>audio</c> or <c>sound_file</c>.</param>
    public static Diagnostic StartNeeded(Place at, string key) =>
        Error("GKF4423", $"\"{key}\" changes from cue to cue, so \"sound_start_time\" is needed: 0 where each file begins with its cue.", at,
            "For files that lie on the video's clock write sound_start_time: \"{{ cue.start_time }}\" and sound_end_time: \"{{ cue.end_time }}\".");

    private static Diagnostic Error(string code, string message, Place at, string? hint = null) => new(code, Severity.Error, message, at, hint);

    private static Diagnostic Warning(string code, string message, Place at) => new(code, Severity.Warning, message, at);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
