using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using GmiKlingFlow.Core.Manifests;
using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Core.Tests.Rules;

/// <summary>
/// An example of an explanation page as a whole flow with its media, which are what the example's own comments say: <c># 640x360</c>,
/// <c># 10.6 MB</c>, <c># 3 min</c>, <c># a wav file</c>, <c># with sound</c>, <c># no picture</c>. What it leaves out comes from an included file.
/// </summary>
internal sealed partial class ExampleFlow(string example, string page) : IFlowFiles
{
    private const string Included = """
        videos:
          host: { source: host.mp4, faces: { anna: { id: "0" }, ben: { id: "1" } } }
        audio:
          hello: { source: hello.wav }
          hello.en: { source: hello.en.wav }
          answer: { source: answer.wav }

        """;

    public string Text { get; } = Whole(example);

    /// <summary>Who is seen, and when: <c>seen from 4000 to 7000 ms</c>, else one face nearly all the time.</summary>
    public IReadOnlyList<Face> Faces { get; } = Seen().Match(page) is { Success: true } seen
        ? [Face("0", seen.Groups[1].Value, seen.Groups[2].Value)]
        : [Face("0", "0", "6960")];

    public BytesReading ReadBytes(string path, long limit) => new BytesReading.Read(Encoding.UTF8.GetBytes(path == "/flows/flow.yaml" ? Text : Included));

    public PathReading Resolve(string path) => Path.HasExtension(path) ? new PathReading.File(path) : new PathReading.Directory(path);

    public ContentReading Describe(string realPath)
    {
        var line = Text.Split('\n').FirstOrDefault(l => l.Contains(realPath["/flows/".Length..], StringComparison.Ordinal)) ?? "";
        var said = line.Contains('#', StringComparison.Ordinal) ? line[(line.IndexOf('#', StringComparison.Ordinal) + 1)..] : "";
        var name = Container().Match(said) is { Success: true } named ? named.Value : Path.GetExtension(realPath)[1..];
        var container = Enum.Parse<MediaContainer>(name, ignoreCase: true);
        var isVideo = container is MediaContainer.Mp4 or MediaContainer.Mov;
        var length = Length().Match(said) is { Success: true } lasts ? Time(lasts)
            : isVideo && VideoLength().Match(page) is { Success: true } video ? Time(video)
            : TimeSpan.FromMilliseconds(isVideo ? 7000 : 3150);
        var bytes = Megabytes().Match(said) is { Success: true } large ? (long)(Number(large) * 1_000_000) : 1000;
        var (width, height) = Size().Match(said) is { Success: true } size ? ((int)Number(size), int.Parse(size.Groups[2].Value, CultureInfo.InvariantCulture)) : (1280, 720);
        var hasSound = isVideo ? said.Contains("with sound", StringComparison.Ordinal) : !said.Contains("no sound", StringComparison.Ordinal);
        var facts = new MediaFacts(
            container,
            bytes,
            length,
            isVideo && !said.Contains("no picture", StringComparison.Ordinal) ? new VideoTrackFacts("h264", width, height, length) : null,
            hasSound ? new AudioTrackFacts("aac", 48000, 1, length) : null);
        return new ContentReading.Read(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(realPath))), bytes, new MediaReading.Read(facts));
    }

    private static string Whole(string example)
    {
        var text = $"apiVersion: gmiklingflow/v1\nkind: Flow\nname: test\ninclude: [included.yaml]\n{example}";
        return Has(example, "jobs")
            ? text
            : $"{text}jobs:\n  - id: a\n    video: {First(example, "videos") ?? "host"}\n    faces: [{{ face: {(Named(example) ? "anna" : "{ id: \"0\" }")}, audio: {First(example, "audio") ?? "hello"} }}]\n";
    }

    private static bool Named(string example) => example.Contains("anna:", StringComparison.Ordinal);

    private static bool Has(string example, string key) => example.Split('\n').Any(l => l.StartsWith($"{key}:", StringComparison.Ordinal));

    private static string? First(string example, string key) =>
        Regex.Match(example, $@"^{key}:\n  ([\w.-]+):", RegexOptions.Multiline) is { Success: true } match ? match.Groups[1].Value : null;

    private static Face Face(string id, string start, string end) =>
        new(id, new TimeRange(TimeSpan.FromMilliseconds(int.Parse(start, CultureInfo.InvariantCulture)), TimeSpan.FromMilliseconds(int.Parse(end, CultureInfo.InvariantCulture))), null);

    private static TimeSpan Time(Match match) => TimeSpan.FromMilliseconds((double)Number(match) * (match.Groups[2].Value) switch { "ms" => 1, "s" => 1000, _ => 60_000 });

    private static decimal Number(Match match) => decimal.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"seen from (\d+) to (\d+) ms")]
    private static partial Regex Seen();

    [GeneratedRegex(@"the video lasts ([\d.]+) (ms|s|min)")]
    private static partial Regex VideoLength();

    [GeneratedRegex(@"([\d.]+) (ms|s|min)\b")]
    private static partial Regex Length();

    [GeneratedRegex(@"([\d.]+) MB")]
    private static partial Regex Megabytes();

    [GeneratedRegex(@"(\d+)x(\d+)")]
    private static partial Regex Size();

    [GeneratedRegex(@"\b(mp4|mov|m4a|wav|mp3|aac)\b")]
    private static partial Regex Container();
}
