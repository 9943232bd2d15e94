using System.Text;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests;
using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Core.Model;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Manifests;

/// <summary>A flow with its files in memory, loaded. The flow itself is <c>/flows/flow.yaml</c>.</summary>
internal sealed class FlowCase : IFlowFiles
{
    public const string Head = "apiVersion: gmiklingflow/v1\nkind: Flow\nname: test\n";

    /// <summary>Videos and audio for flows about something else; everything in it exists.</summary>
    public const string Sources = "videos:\n  host: { source: host.mp4, faces: { anna: { id: \"0\" } } }\naudio:\n  hello: { source: hello.wav }\n";

    public const string Job = "jobs:\n  - id: a\n    video: host\n    faces: [{ face: anna, audio: hello }]\n";

    private readonly Dictionary<string, byte[]> files = new(StringComparer.Ordinal)
    {
        ["/flows/host.mp4"] = [1],
        ["/flows/hello.wav"] = [2],
    };

    private readonly Dictionary<string, string> links = new(StringComparer.Ordinal);

    public FlowCase(string text) => files["/flows/flow.yaml"] = Encoding.UTF8.GetBytes(text);

    public FlowInputs Inputs { get; set; } = new("/flows", [], [], [], static _ => null);

    public DiagnosticBag Diagnostics { get; } = new();

    public int Described { get; private set; }

    /// <summary>What is known of URLs; null: they are not looked at.</summary>
    public Func<Uri, RemoteReading?> Online { get; set; } = static _ => null;

    /// <summary>A whole flow around some jobs: head, sources, then <paramref name="rest"/>.</summary>
    public static FlowCase Of(string rest) => new(Head + Sources + rest);

    /// <summary>A piece of a flow with the parts it lacks put around it.</summary>
    public static string Completed(string piece)
    {
        var parts = Sources.Split("audio:");
        return (Has(piece, "apiVersion") ? "" : Head)
            + piece
            + (Has(piece, "videos") ? "" : parts[0])
            + (Has(piece, "audio") ? "" : $"audio:{parts[1]}")
            + (Has(piece, "jobs") ? "" : Job);
    }

    public FlowCase WithFile(string path, string text) => WithBytes(path, Encoding.UTF8.GetBytes(text));

    public FlowCase WithBytes(string path, byte[] bytes)
    {
        files[path] = bytes;
        return this;
    }

    public FlowCase WithLink(string path, string target)
    {
        links[path] = target;
        return this;
    }

    public FlowCase With(Func<FlowInputs, FlowInputs> change)
    {
        Inputs = change(Inputs);
        return this;
    }

    public IReadOnlyList<Flow> LoadAll() => new FlowLoader(this).Load("flow.yaml", Inputs, Diagnostics);

    /// <summary>Loads the one flow and holds that nothing is wrong with it.</summary>
    public Flow Load()
    {
        var flows = LoadAll();
        Assert.True(Diagnostics.Count == 0, Report());
        return Assert.Single(flows);
    }

    public IReadOnlyList<string> Codes()
    {
        LoadAll();
        return [.. Diagnostics.Sorted().Select(d => d.Code)];
    }

    /// <summary>The flow's text with each diagnostic under the line it points to.</summary>
    /// <param name="more">Files below the flow's folder to show too, where something is wrong in them.</param>
    public string Interleaved(params IReadOnlyList<string> more) => DiagnosticText.Interleave(
        files.Where(f => f.Key.EndsWith(".yaml", StringComparison.Ordinal) || more.Any(m => f.Key == $"/flows/{m}" && Diagnostics.Any(d => d.Place?.Span.File == m))).Select(f => (f.Key["/flows/".Length..], Encoding.UTF8.GetString(f.Value))),
        Diagnostics);

    public BytesReading ReadBytes(string path, long limit) =>
        files.TryGetValue(path, out var bytes)
            ? bytes.Length > limit ? new BytesReading.TooLarge(bytes.Length) : new BytesReading.Read(bytes)
            : IsFolder(path) ? new BytesReading.Directory() : new BytesReading.Missing();

    public PathReading Resolve(string path)
    {
        foreach (var (link, target) in links)
        {
            if (path == link || path.StartsWith($"{link}/", StringComparison.Ordinal))
            {
                path = target + path[link.Length..];
            }
        }

        return files.ContainsKey(path) ? new PathReading.File(path) : IsFolder(path) ? new PathReading.Directory(path) : new PathReading.Missing(path);
    }

    public ContentReading Describe(string realPath)
    {
        Described++;
        var isVideo = realPath.EndsWith(".mp4", StringComparison.Ordinal);
        var facts = isVideo
            ? new MediaFacts(MediaContainer.Mp4, 1000, TimeSpan.FromSeconds(10), new VideoTrackFacts("h264", 1280, 720, TimeSpan.FromSeconds(10)), null)
            : new MediaFacts(MediaContainer.Wav, 1000, TimeSpan.FromMilliseconds(3150), null, new AudioTrackFacts("pcm_s16le", 44100, 1, TimeSpan.FromMilliseconds(3150)));
        var bytes = files[realPath];
        return bytes.Length == 0
            ? new ContentReading.Read("00", 0, new MediaReading.Unreadable("it is empty"))
            : new ContentReading.Read(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), bytes.Length, new MediaReading.Read(facts));
    }

    public RemoteReading? DescribeUrl(Uri url) => Online(url);

    public string Report() => string.Join('\n', Diagnostics.Sorted().Select(DiagnosticText.Line));

    private static bool Has(string piece, string key) => piece.Split('\n').Any(l => l.StartsWith($"{key}:", StringComparison.Ordinal));

    private bool IsFolder(string path) => files.Keys.Any(f => f.StartsWith(path == "/" ? path : $"{path}/", StringComparison.Ordinal));
}
