using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Templating;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Core.Tests.Planning;

/// <summary>Flows as the planner gets them, made without YAML.</summary>
internal static class GivenFlow
{
    public static Flow Of(params IReadOnlyList<Job> jobs) => new(
        "launch-trailer",
        "flow.yaml",
        "/flows/flow.yaml",
        Sha("flow"),
        jobs.Select(job => job.Video).DistinctBy(video => video.Name).ToDictionary(video => video.Name),
        new Dictionary<string, AudioTrack>(),
        jobs,
        new RunSettings());

    public static Job Job(string id, Video? video = null, params IReadOnlyList<FaceEntry> entries) => new(
        id,
        [],
        video ?? Video(),
        entries.Count == 0 ? [Entry()] : entries,
        $"{id}.mp4",
        null,
        IsVerbatim: false,
        At($"jobs[{id}]", 20));

    public static Video Video(string name = "host", string content = "host", MediaContainer container = MediaContainer.Mp4, double seconds = 7) => new(
        name,
        LocalVideo($"clips/{name}.{(container == MediaContainer.Mov ? "mov" : "mp4")}", content, container, seconds),
        TimeSpan.FromSeconds(seconds),
        new Dictionary<string, FaceName>(),
        At($"videos.{name}", 3));

    public static Video RemoteVideo(string url, string name = "host") =>
        Video(name) with { Source = new MediaSource.RemoteUrl(new Uri(url)) };

    public static AudioTrack Audio(string name = "hello.en", string content = "hello", MediaContainer container = MediaContainer.Wav, double seconds = 3) => new(
        name,
        LocalAudio($"audio/{name}.{container.ToString().ToLowerInvariant()}", content, container, seconds),
        TimeSpan.FromSeconds(seconds),
        At($"audio.{name}", 8));

    public static AudioTrack RemoteAudio(string url, double? seconds = 3, string name = "hello.en") =>
        new(name, new MediaSource.RemoteUrl(new Uri(url)), seconds is { } s ? TimeSpan.FromSeconds(s) : null, At($"audio.{name}", 8));

    public static FaceEntry Entry(
        FaceName? face = null,
        AudioTrack? audio = null,
        long start = 0,
        long? end = null,
        long insert = 0,
        double? volume = null,
        double? original = null,
        int index = 0)
    {
        var place = At($"jobs[0].faces[{index}]", 22 + index);
        return new(
            face ?? Face(new FaceSelector.Only()),
            new(new Sound.Track(audio ?? Audio()), place.Member("audio")),
            Ms(start, place.Member("sound_start_time")),
            end is { } e ? Ms(e, place.Member("sound_end_time")) : null,
            Ms(insert, place.Member("sound_insert_time")),
            volume is { } v ? new Setting<double>.Known(v, place.Member("sound_volume")) : null,
            original is { } o ? new Setting<double>.Known(o, place.Member("original_audio_volume")) : null,
            null,
            place);
    }

    public static FaceName Face(params FaceSelector[] selectors) => Face("anna", selectors);

    public static FaceName Face(string name, params FaceSelector[] selectors) => new(name, selectors, At($"videos.host.faces.{name}", 5));

    public static Face Found(string id, long start, long end) => new(id, Range(start, end), null);

    public static TimeRange Range(long start, long end) => new(TimeSpan.FromMilliseconds(start), TimeSpan.FromMilliseconds(end));

    public static Setting<TimeSpan>.Known Ms(long milliseconds, Place place) => new(TimeSpan.FromMilliseconds(milliseconds), place);

    /// <summary>A time as the flow leaves it when it reads <c>face</c>.</summary>
    public static Setting<TimeSpan>.Deferred Later(string expression) => new(Residual(expression), At("jobs[0].faces[0].sound_insert_time", 22));

    public static Expression Residual(string expression)
    {
        var problems = new DiagnosticBag();
        var scope = new TemplateScope(
            new Dictionary<string, TemplateValue> { ["vars"] = new TemplateValue.Map([new("lead", new TemplateValue.Integer(250))]) },
            new HashSet<string> { "face" },
            new Dictionary<string, string>());
        var result = Template.Parse($"{{{{ {expression} }}}}", (_, _) => At("x"), problems)?.Evaluate(scope, problems);
        return (result as TemplateResult.Deferred)?.Residual ?? throw new ArgumentException($"\"{expression}\" leaves nothing to compute.", nameof(expression));
    }

    public static Place At(string path, int line = 1, int column = 5) => new(new SourceSpan("flow.yaml", line, column, line, column + 4), path);

    public static string Sha(string content) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(content)));

    public static MediaSource.LocalFile LocalVideo(string shown, string content, MediaContainer container, double seconds)
    {
        var duration = TimeSpan.FromSeconds(seconds);
        return new(shown, $"/flows/{shown}", Sha(content), 2_000_000, new(container, 2_000_000, duration, new("h264", 1280, 720, duration), new("aac", 48000, 2, duration)));
    }

    public static MediaSource.LocalFile LocalAudio(string shown, string content, MediaContainer container, double seconds)
    {
        var duration = TimeSpan.FromSeconds(seconds);
        return new(shown, $"/flows/{shown}", Sha(content), 123_456, new(container, 123_456, duration, null, new("pcm_s16le", 48000, 1, duration)));
    }
}
