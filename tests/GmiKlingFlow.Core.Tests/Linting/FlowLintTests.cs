using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Linting;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Rules;
using GmiKlingFlow.Core.Tests.Manifests;
using GmiKlingFlow.Core.Tests.Planning;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Linting;

public sealed class FlowLintTests
{
    private static readonly FaceName Anna = GivenFlow.Face("anna", new FaceSelector.ById("0"));

    private static readonly FaceName Ben = GivenFlow.Face("ben", new FaceSelector.ById("1"));

    [Theory]
    [InlineData(null, "GKF4301")]
    [InlineData(1.0, "GKF4301")]
    [InlineData(0.3, "")]
    [InlineData(0.0, "")]
    public void Check_OriginalVolume_IsToldUnlessLowered(double? original, string expected) =>
        Assert.Equal(expected, Codes(GivenFlow.Job("a", null, GivenFlow.Entry(Anna, original: original))));

    [Fact]
    public void Check_SilentVideo_HasNoOldSound()
    {
        var video = GivenFlow.Video();
        var silent = video with { Source = (MediaSource.LocalFile)video.Source with { Media = ((MediaSource.LocalFile)video.Source).Media is { } facts ? facts with { Audio = null } : null } };

        Assert.Equal("", Codes(GivenFlow.Job("a", silent, GivenFlow.Entry(Anna))));
        Assert.Equal("", Codes(GivenFlow.Job("a", silent, GivenFlow.Entry(Anna, volume: 2, original: 2))));
    }

    [Theory]
    [InlineData(2000, 2999, "GKF4303")]
    [InlineData(2000, 3000, "")]
    public void Check_ClipsOfOneFace_MayTouchButNotOverlap(long end, long insert, string expected) => Assert.Equal(
        expected,
        Codes(GivenFlow.Job("a", null, GivenFlow.Entry(Anna, end: end + 1000, original: 0), GivenFlow.Entry(Anna, end: end, insert: insert, original: 0, index: 1))));

    [Fact]
    public void Check_LongClipAroundShortOnes_IsFoundBehindTheFirstToo() => Assert.Equal(
        "GKF4303 GKF4303",
        Codes(GivenFlow.Job(
            "a",
            null,
            GivenFlow.Entry(Anna, GivenFlow.Audio(seconds: 7), end: 6500, volume: 0.5, original: 0),
            GivenFlow.Entry(Anna, end: 2000, volume: 0.5, original: 0, index: 1),
            GivenFlow.Entry(Anna, end: 2000, insert: 4000, volume: 0.5, original: 0, index: 2))));

    [Fact]
    public void Check_ClipsOfTwoFaces_MayOverlap() => Assert.Equal(
        "",
        Codes(GivenFlow.Job("a", null, GivenFlow.Entry(Anna, end: 3000, original: 0), GivenFlow.Entry(Ben, end: 3000, original: 0, index: 1))));

    [Theory]
    [InlineData(2.0, 0.0, 3000, "")]
    [InlineData(2.0, 0.1, 3000, "GKF4304")]
    [InlineData(1.2, 0.0, 3000, "")]
    [InlineData(1.2, 0.0, 2000, "GKF4304")]
    public void Check_VolumesThatSoundAtOnce_AreAtMostTwoInSum(double volume, double original, long insert, string expected) => Assert.Equal(
        expected,
        Codes(GivenFlow.Job(
            "a",
            null,
            GivenFlow.Entry(Anna, end: 3000, volume: volume, original: original),
            GivenFlow.Entry(Ben, end: 3000, insert: insert, volume: 1, original: 0, index: 1))));

    [Fact]
    public void Check_ManyClips_TakesNoTimeToSpeakOf()
    {
        var entries = Enumerable.Range(0, 20_000).Select(i => GivenFlow.Entry(Anna, end: 3000, insert: i * 3000L, original: 0)).ToArray();
        Assert.Equal("", Codes(GivenFlow.Job("a", null, entries)));
    }

    [Fact]
    public void Check_Sources_AreUsedOrTold()
    {
        var flow = Loaded("videos:\n  host: { source: host.mp4 }\n  guest: { source: host.mp4 }\naudio:\n  hello: { source: hello.wav }\n  bye: { source: hello.wav }\n" + Jobs);
        Assert.Equal("GKF4306 GKF4305", Codes(flow));
    }

    [Fact]
    public void Check_SourcesOfAnIncludedFile_AreALibrary()
    {
        var flow = Loaded(
            "include: [library.yaml]\nvideos:\n  host: { source: host.mp4 }\naudio:\n  hello: { source: hello.wav }\n" + Jobs,
            ("/flows/library.yaml", "audio:\n  bye: { source: hello.wav }\nvideos:\n  guest: { source: host.mp4 }\n"));
        Assert.Equal("", Codes(flow));
    }

    [Fact]
    public void Check_SourcesWhileAJobIsLeftOut_AreNotTold()
    {
        var flow = Loaded("videos:\n  host: { source: host.mp4 }\naudio:\n  hello: { source: hello.wav }\n  bye: { source: hello.wav }\n" + Jobs
            + "  - { id: b, when: false, video: host, faces: [{ face: { id: \"0\" }, audio: bye }] }\n");
        Assert.Equal("", Codes(flow));
    }

    [Theory]
    [InlineData("[en]", "GKF4307")]
    [InlineData("[en, de]", "")]
    [InlineData("\"{{ vars.locales }}\"", "")]
    public void Check_MatrixOfOneJob_IsToldWhereItIsWrittenOut(string values, string expected)
    {
        var flow = Loaded($"vars: {{ locales: [en] }}\nvideos:\n  host: {{ source: host.mp4 }}\naudio:\n  hello: {{ source: hello.wav }}\njobs:\n  - id: a-{{{{ matrix.l }}}}\n    matrix: {{ l: {values} }}\n    video: host\n    faces: [{{ face: {{ id: \"0\" }}, audio: hello }}]\n");
        Assert.Equal(expected, Codes(flow));
    }

    [Theory]
    [InlineData(-1, "Error GKF4110")]
    [InlineData(0, "Error GKF4110")]
    [InlineData(1, "Warning GKF4302")]
    [InlineData(1799, "Warning GKF4302")]
    [InlineData(1800, "")]
    public void Check_SignedUrl_MustOutliveTheDeadline(int secondsLeft, string expected)
    {
        var now = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
        var video = GivenFlow.RemoteVideo($"https://h.example/v.mp4?Signature=topsecret&Expires={now.AddSeconds(secondsLeft).ToUnixTimeSeconds()}");
        var problems = new DiagnosticBag();
        SignedUrlLint.Check([GivenFlow.Job("a", video), GivenFlow.Job("b", video)], TimeSpan.FromMinutes(30), now, KlingLimits.Current, problems);

        Assert.Equal(expected, string.Join(' ', problems.Select(p => $"{p.Severity} {p.Code}")));
        Assert.DoesNotContain(problems, p => p.Message.Contains("topsecret", StringComparison.Ordinal));
    }

    private const string Jobs = "jobs:\n  - id: a\n    video: host\n    faces: [{ face: { id: \"0\" }, audio: hello }]\n";

    private static Flow Loaded(string rest, params (string Path, string Text)[] files)
    {
        var flow = new FlowCase(FlowCase.Head + rest);
        foreach (var (path, text) in files)
        {
            flow.WithFile(path, text);
        }

        return flow.Load();
    }

    private static string Codes(Job job) => Codes(GivenFlow.Of(job));

    private static string Codes(Flow flow)
    {
        var problems = new DiagnosticBag();
        FlowLint.Check(flow, KlingLimits.Current, problems);
        return string.Join(' ', problems.Sorted().Select(p => p.Code));
    }
}
