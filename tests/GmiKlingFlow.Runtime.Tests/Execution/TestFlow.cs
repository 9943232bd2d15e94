using System.Security.Cryptography;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Runtime.Tests.Execution;

/// <summary>Flows made in code: one face, one line, sources of ten and three seconds.</summary>
internal static class TestFlow
{
    private static readonly Place Somewhere = new(SourceSpan.StartOf("flow.yaml"), "");

    public static Flow Of(params Job[] jobs) => new(
        "test",
        "flow.yaml",
        "/flows/flow.yaml",
        new string('a', 64),
        jobs.Select(j => j.Video).DistinctBy(v => v.Name).ToDictionary(v => v.Name),
        new Dictionary<string, AudioTrack>(),
        jobs,
        new RunSettings());

    public static Flow OfMany(int jobs, int videos = 1) =>
        Of([.. Enumerable.Range(0, jobs).Select(i => Job($"job-{i}", video: $"video-{i % videos}", audio: $"line-{i}"))]);

    public static Job Job(string id, string video = "host", string audio = "hello", string? output = null, double insertSeconds = 0) =>
        Job(id, Remote($"{video}.mp4"), video, Remote($"{audio}.mp3"), output, insertSeconds);

    public static Job Job(string id, MediaSource video, string videoName, MediaSource audio, string? output = null, double insertSeconds = 0) => new(
        id,
        [KeyValuePair.Create("locale", "en")],
        new Video(videoName, video, Duration(video, 10), new Dictionary<string, FaceName>(), Somewhere),
        [
            new FaceEntry(
                new FaceName("anna", [new FaceSelector.Only()], Somewhere),
                new Located<Sound>(new Sound.Track(new AudioTrack("hello", audio, Duration(audio, 3), Somewhere)), Somewhere),
                new Setting<TimeSpan>.Known(TimeSpan.Zero, Somewhere),
                null,
                new Setting<TimeSpan>.Known(TimeSpan.FromSeconds(insertSeconds), Somewhere),
                null,
                null,
                null,
                Somewhere),
        ],
        output ?? $"{id}.mp4",
        null,
        false,
        Somewhere);

    /// <summary>A local file with facts as if it were media: the runner looks at its content only.</summary>
    public static MediaSource.LocalFile Local(string path, MediaContainer container)
    {
        var bytes = File.ReadAllBytes(path);
        var seconds = TimeSpan.FromSeconds(container == MediaContainer.Mp4 ? 10 : 3);
        var facts = new MediaFacts(
            container,
            bytes.Length,
            seconds,
            container == MediaContainer.Mp4 ? new VideoTrackFacts("h264", 1280, 720, seconds) : null,
            container == MediaContainer.Mp4 ? null : new AudioTrackFacts("mp3", 44100, 1, seconds));
        return new MediaSource.LocalFile(Path.GetFileName(path), path, Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length, facts);
    }

    private static TimeSpan Duration(MediaSource source, int seconds) =>
        source is MediaSource.LocalFile { Media: { } facts } ? facts.Duration : TimeSpan.FromSeconds(seconds);

    private static MediaSource.RemoteUrl Remote(string name) => new(new Uri($"https://media.example.com/{name}"));
}
