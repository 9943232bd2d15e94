using FsCheck;
using FsCheck.Fluent;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Tests.Manifests;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Planning;

/// <summary>Keys from the flow's text on: how it is written costs nothing, what it says counts.</summary>
public sealed class KeyOfTextTests
{
    private const int Local = 0;
    private const int Remote = 1;
    private const int Verbatim = 2;

    private static readonly FlowText Flow = new();
    private static readonly string[] Keys = Read(Flow, 0, new(), "/flows/flow.yaml", renamed: false);

    public static TheoryData<string> Changes => [.. Made.Keys];

    private static Dictionary<string, (Func<FlowText, FlowText> Change, Files Files, int[] Jobs)> Made { get; } = new(StringComparer.Ordinal)
    {
        ["the video's bytes"] = (f => f, new(Video: 9), [Local, Verbatim]),
        ["the audio's bytes"] = (f => f, new(Audio: 9), [Local]),
        ["the video's URL"] = (f => f with { VideoUrl = "https://media.example.com/v/host2.mp4" }, new(), [Remote]),
        ["the audio's URL"] = (f => f with { AudioUrl = "https://media.example.com/a/hallo.wav" }, new(), [Remote, Verbatim]),
        ["the audio URL's host"] = (f => f with { AudioUrl = "https://cdn.example.com/a/hello.wav" }, new(), [Remote, Verbatim]),
        ["an unsigned parameter"] = (f => f with { AudioUrl = "https://media.example.com/a/hello.wav?v=2" }, new(), [Remote, Verbatim]),
        ["sound_start_time"] = (f => f with { Start = 251 }, new(), [Local, Verbatim]),
        ["sound_end_time"] = (f => f with { End = 2749 }, new(), [Local, Remote, Verbatim]),
        ["sound_insert_time"] = (f => f with { Insert = 1501 }, new(), [Local, Verbatim]),
        ["sound_volume"] = (f => f with { Volume = 1.501 }, new(), [Local, Verbatim]),
        ["original_audio_volume"] = (f => f with { Original = 0.26 }, new(), [Local]),
        ["a variable"] = (f => f with { Lead = 401 }, new(), [Remote]),
        ["what waits for the faces"] = (f => f with { Residual = "face.end_time" }, new(), [Remote]),
        ["the selector's value"] = (f => f with { Selector = ("id", new YamlNode.Text("8")) }, new(), [Local, Remote]),
        ["the selector's kind"] = (f => f with { Selector = ("only", new YamlNode.Plain(["true"])) }, new(), [Local, Remote]),
        ["the selector's time"] = (f => f with { Selector = ("at", new YamlNode.Plain(["1500", "1.5s", "1500ms"])) }, new(), [Local, Remote]),
        ["a verbatim member"] = (f => f with { Extra = "Warm" }, new(), [Verbatim]),
        ["one more entry"] = (f => f with { TwoEntries = true }, new(), [Local]),
    };

    [Fact]
    public void Key_WrittenInAnyOtherWay_StaysTheSame() => Check.One(
        PropertyRun.Config.WithMaxTest(400),
        Prop.ForAll<int, bool>((seed, renamed) => Assert.Equal(Keys, Read(Flow, seed, new(), "/flows/flow.yaml", renamed))));

    [Fact]
    public void Key_OfAFlowMovedAndRenamed_StaysTheSame() => Check.One(
        PropertyRun.Config.WithMaxTest(50),
        Prop.ForAll<int>(seed => Assert.Equal(Keys, Read(Flow, seed, new(), "/else where/日本/launch.v2.yml", renamed: true))));

    [Theory]
    [MemberData(nameof(Changes))]
    public void Key_OneChangeHoweverWritten_ChangesExactlyTheJobsThatUseIt(string what)
    {
        var (change, files, jobs) = Made[what];
        Check.One(
            PropertyRun.Config.WithMaxTest(30),
            Prop.ForAll<int, bool>((seed, renamed) =>
            {
                var keys = Read(change(Flow), seed, files, "/flows/flow.yaml", renamed);
                Assert.Equal(jobs, Enumerable.Range(0, Keys.Length).Where(i => keys[i] != Keys[i]));
            }));
    }

    [Fact]
    public void Key_EachChange_LeadsToAnotherKey()
    {
        foreach (var job in new[] { Local, Remote, Verbatim })
        {
            var keys = Made.Values.Where(m => m.Jobs.Contains(job)).Select(m => Read(m.Change(Flow), 1, m.Files, "/flows/flow.yaml", renamed: false)[job]).ToList();
            Assert.Equal(keys, keys.Distinct());
        }
    }

    [Fact]
    public void Key_OfFilesTouchedCopiedAndRenamed_StaysTheSame()
    {
        using var folder = new TemporaryFolder();
        var example = RepositoryFolder.Combine("examples", "quickstart");
        foreach (var file in Directory.EnumerateFiles(example, "*", SearchOption.AllDirectories))
        {
            var copy = folder.File(Path.Combine("copied", Path.GetRelativePath(example, file)));
            Directory.CreateDirectory(Path.GetDirectoryName(copy) ?? copy);
            File.Copy(file, copy);
            File.SetLastWriteTimeUtc(copy, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }

        File.Move(folder.File("copied/flow.yaml"), folder.File("copied/other name.yaml"));
        Assert.Equal(OnDisk(example, "flow.yaml"), OnDisk(folder.File("copied"), "other name.yaml"));
    }

    private static string[] OnDisk(string folder, string name)
    {
        var diagnostics = new DiagnosticBag();
        var flow = Assert.Single(new FlowLoader(new DiskFlowFiles()).Load(name, new FlowInputs(folder, [], [], [], static _ => null), diagnostics));
        Assert.False(diagnostics.HasErrors);
        return [.. Planner.Plan(flow, new PlanInputs(), diagnostics).Jobs.Select(job => job.Key.Value)];
    }

    private static string[] Read(FlowText flow, int seed, Files files, string path, bool renamed)
    {
        var text = new YamlScribe(new Random(seed)).Write(flow.ToYaml(renamed));
        var folder = Path.GetDirectoryName(path)?.Replace('\\', '/') ?? "";
        var given = new FlowCase("").WithFile(path, text);
        foreach (var prefix in new[] { "", "other-" })
        {
            given.WithBytes($"{folder}/{prefix}host.mp4", [files.Video]).WithBytes($"{folder}/{prefix}hello.wav", [files.Audio]);
        }

        var diagnostics = new DiagnosticBag();
        var flows = new FlowLoader(given).Load(path, given.Inputs with { WorkingDirectory = folder }, diagnostics);
        Assert.True(!diagnostics.HasErrors && flows.Count == 1, $"{text}\n{string.Join('\n', diagnostics.Sorted().Select(DiagnosticText.Line))}");
        return [.. Planner.Plan(flows[0], new PlanInputs(), diagnostics).Jobs.Select(job => job.Key.Value)];
    }

    private sealed record Files(byte Video = 1, byte Audio = 2);
}
