using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Checking;
using GmiKlingFlow.Core.Rules;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Manifests;

/// <summary>Sources at URLs, with and without a look at them.</summary>
public sealed class OnlineSourceTests
{
    private const string Flow = """
        videos:
          host: { source: "https://e.com/host.mp4?X-Amz-Signature=SECRET", faces: { anna: { id: "0" } } }
        audio:
          hello: { source: "https://e.com/hello.mp3?sig=SECRET" }
        jobs:
          - id: a
            video: host
            faces: [{ face: anna, audio: hello }]

        """;

    public static TheoryData<RemoteReading, string> Answers => new()
    {
        { new RemoteReading.Refused(404), "GKF5010" },
        { new RemoteReading.Refused(410), "GKF5010" },
        { new RemoteReading.Refused(401), "GKF5011" },
        { new RemoteReading.Refused(403), "GKF5011" },
        { new RemoteReading.Unreachable("the name is not known"), "GKF5012" },
        { new RemoteReading.NotFollowed("it redirects too often"), "GKF5014" },
        { new RemoteReading.NotPublic(), "GKF5015" },
        { new RemoteReading.NotMedia("it is an HTML page"), "GKF5017" },
    };

    public static TheoryData<RemoteReading, string> Unknown => new()
    {
        { new RemoteReading.NotNow("its host answers 503"), "GKF5013" },
        { new RemoteReading.OutOfReach("it takes too many requests", null), "GKF5016" },
        { new RemoteReading.Contradictory("it changes while it is read"), "GKF5018" },
    };

    [Fact]
    public void Load_NotLookedAt_NeedsItsLength() => Assert.Equal(["GKF4201"], Codes(Flow, static _ => null));

    [Fact]
    public void Load_Read_HasItsLengthLikeAFileHere()
    {
        var flow = new FlowCase(FlowCase.Head + Flow) { Online = Good };

        var loaded = flow.Load();

        Assert.Equal(TimeSpan.FromMilliseconds(3150), loaded.Audio["hello"].Duration);
        Assert.Equal(TimeSpan.FromSeconds(10), loaded.Videos["host"].Duration);
        Assert.Empty(Codes(Flow, Good));
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public void Load_AnswerThatTheServiceWouldGetToo_IsOneError(RemoteReading answer, string code)
    {
        Assert.Equal([code], Codes(Flow, url => IsAudio(url) ? answer : Good(url)));
        Assert.Equal([code], Codes(Flow, url => IsAudio(url) ? Good(url) : answer));
    }

    /// <summary>Two causes: that it was not measured, and that its length is needed.</summary>
    [Theory]
    [MemberData(nameof(Unknown))]
    public void Load_NothingLearnt_IsAWarningAndTheLengthIsNeeded(RemoteReading answer, string code)
    {
        Assert.Equal(["GKF4201", code], Codes(Flow, url => IsAudio(url) ? answer : Good(url)).Order());
        Assert.Equal([code], Codes(Flow.Replace("hello.mp3?sig=SECRET\"", "hello.mp3?sig=SECRET\", duration: 3s", StringComparison.Ordinal), url => IsAudio(url) ? answer : Good(url)));
        Assert.Equal([code], Codes(Flow, url => IsAudio(url) ? Good(url) : answer));
    }

    [Fact]
    public void Load_SizeOfWhatCouldNotBeMeasured_IsCheckedAllTheSame() => Assert.Contains(
        "GKF4113",
        Codes(Flow, static url => IsAudio(url) ? new RemoteReading.OutOfReach("8 MB of it don't tell", 12_000_000) : Good(url)));

    [Fact]
    public void Load_MediaOfTheWrongKind_BreakTheSameRulesAsFilesHere() => Assert.Equal(
        ["GKF4101", "GKF4111"],
        Codes(Flow, static url => Good(new Uri(IsAudio(url) ? "https://e.com/host.mp4" : "https://e.com/hello.mp3"))).Order());

    [Fact]
    public void Load_AnyAnswer_KeepsTheSignatureToItself()
    {
        foreach (var answer in Answers.Concat(Unknown).Select(row => row.Data.Item1))
        {
            var flow = new FlowCase(FlowCase.Head + Flow.Replace("hello.mp3?sig=SECRET\"", "hello.mp3?sig=SECRET\", duration: 9s", StringComparison.Ordinal)) { Online = url => IsAudio(url) ? Good(url) : answer };
            flow.LoadAll();

            Assert.DoesNotContain("SECRET", flow.Report(), StringComparison.Ordinal);
            Assert.Contains("https://e.com/host.mp4", flow.Report(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Load_DeclaredLengthOfAnotherFile_IsWarnedAbout() => Assert.Equal(
        ["GKF5003"],
        Codes(Flow.Replace("sig=SECRET\"", "sig=SECRET\", duration: 9s", StringComparison.Ordinal), Good));

    [Fact]
    public void Key_WhatIsSentIsTheSame_DoesNotDependOnLooking()
    {
        var text = Flow.Replace("audio: hello }", "audio: hello, sound_end_time: 3s }", StringComparison.Ordinal);

        var keys = new[] { static _ => null, Good }.Select(online =>
        {
            var flow = new FlowCase(FlowCase.Head + text) { Online = online };
            return Planner.Plan(flow.Load(), new PlanInputs { Known = new NoKnownWork(), Folders = new OutputFolders("/out", "/state") }, flow.Diagnostics).Jobs[0].Key;
        }).ToList();

        Assert.NotEmpty(keys[0].Value);
        Assert.Equal(keys[0].Value, keys[1].Value);
    }

    private static bool IsAudio(Uri url) => url.AbsolutePath.EndsWith(".mp3", StringComparison.Ordinal);

    private static RemoteReading? Good(Uri url) => new RemoteReading.Read(IsAudio(url)
        ? new MediaFacts(MediaContainer.Mp3, 50_000, TimeSpan.FromMilliseconds(3150), null, new AudioTrackFacts("mp3", 44100, 1, TimeSpan.FromMilliseconds(3150)))
        : new MediaFacts(MediaContainer.Mp4, 900_000, TimeSpan.FromSeconds(10), new VideoTrackFacts("h264", 1280, 720, TimeSpan.FromSeconds(10)), null));

    private static IReadOnlyList<string> Codes(string text, Func<Uri, RemoteReading?> online)
    {
        var flow = new FlowCase(FlowCase.Head + text) { Online = online };
        foreach (var loaded in flow.LoadAll())
        {
            FlowChecks.Check(loaded, KlingLimits.Current, flow.Diagnostics);
        }

        return [.. flow.Diagnostics.Sorted().Select(d => d.Code)];
    }
}
