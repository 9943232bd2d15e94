using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Checking;
using GmiKlingFlow.Core.Rules;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Planning.Checking;

public sealed class FlowChecksTests
{
    [Fact]
    public void Check_SourcesThatNoJobUses_AreCheckedToo()
    {
        var flow = GivenFlow.Of(GivenFlow.Job("a")) with
        {
            Videos = new Dictionary<string, Video> { ["unused"] = GivenFlow.Video("unused", container: MediaContainer.Mov) },
            Audio = new Dictionary<string, AudioTrack> { ["short"] = GivenFlow.Audio("short", seconds: 1) },
        };

        Assert.Equal(["GKF4202", "GKF4114"], Codes(flow));
    }

    [Fact]
    public void Check_JobLeftOutByWhen_IsNotChecked() =>
        Assert.Empty(Codes(GivenFlow.Of(GivenFlow.Job("a", null, GivenFlow.Entry(end: 1000)) with { SkippedBecause = "when is false" })));

    [Fact]
    public void Check_SourceThatManyJobsShare_IsToldOnce()
    {
        var video = GivenFlow.Video(container: MediaContainer.Mov);

        Assert.Equal(["GKF4202"], Codes(GivenFlow.Of(GivenFlow.Job("a", video), GivenFlow.Job("b", video, GivenFlow.Entry(insert: 100)))));
    }

    [Fact]
    public void Check_Base64Sound_IsCheckedWhereItStands()
    {
        var entry = GivenFlow.Entry(end: 2500);
        var flow = GivenFlow.Of(GivenFlow.Job("a", null, entry with { Sound = new(new Sound.Base64("data:audio/mp3;base64,AAAA"), entry.Sound.Place) }));

        Assert.Equal(["GKF4116"], Codes(flow));
    }

    [Fact]
    public void Check_SignedUrlInAMessage_ShowsNoSignature()
    {
        var url = "https://h.example/a.mp3?X-Amz-Signature=secret";
        var problems = new DiagnosticBag();
        FlowChecks.Check(GivenFlow.Of(GivenFlow.Job("a", null, GivenFlow.Entry(audio: GivenFlow.RemoteAudio(url, seconds: null, name: url)))), KlingLimits.Current, problems);

        Assert.DoesNotContain("secret", Assert.Single(problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_VideoTooShortForAnyClip_IsToldOnce() =>
        Assert.Equal(["GKF4104"], Codes(GivenFlow.Of(GivenFlow.Job("a", GivenFlow.Video(seconds: 1)))));

    [Fact]
    public void Check_AudioTooShortForAnyClip_IsToldOnce() =>
        Assert.Equal(["GKF4114"], Codes(GivenFlow.Of(GivenFlow.Job("a", null, GivenFlow.Entry(audio: GivenFlow.Audio(seconds: 1))))));

    [Fact]
    public void Check_EndAfterTheAudioAndTheVideo_IsToldOnce() =>
        Assert.Equal(["GKF4124"], Codes(GivenFlow.Of(GivenFlow.Job("a", null, GivenFlow.Entry(end: 9000)))));

    [Fact]
    public void Check_EndBeforeStart_SaysSo()
    {
        var problems = new DiagnosticBag();
        FlowChecks.Check(GivenFlow.Of(GivenFlow.Job("a", null, GivenFlow.Entry(start: 3000, end: 1000))), KlingLimits.Current, problems);

        Assert.StartsWith("The clip of \"hello.en\" ends 2000 ms before its start", Assert.Single(problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_UnreadableAudioThatIsTooLarge_LeavesItToTheReading()
    {
        var audio = GivenFlow.Audio();
        var unreadable = audio with { Duration = null, Source = (MediaSource.LocalFile)audio.Source with { Media = null, Bytes = 6_000_000 } };

        Assert.Empty(Codes(GivenFlow.Of(GivenFlow.Job("a", null, GivenFlow.Entry(audio: unreadable)))));
    }

    [Fact]
    public void Check_SelectorAfterTheEndOfTheVideo_IsRefusedBeforeIdentifyIsPaid()
    {
        var at = GivenFlow.Face(new FaceSelector.At(TimeSpan.FromSeconds(99)));
        var overlaps = GivenFlow.Face(new FaceSelector.ById("0"), new FaceSelector.Overlaps(GivenFlow.Range(8000, 9000)));
        var last = GivenFlow.Face(new FaceSelector.At(TimeSpan.FromSeconds(7)));

        Assert.Equal(["GKF4211"], Codes(GivenFlow.Of(GivenFlow.Job("a", null, GivenFlow.Entry(at)))));
        Assert.Equal(["GKF4211"], Codes(GivenFlow.Of(GivenFlow.Job("a", null, GivenFlow.Entry(overlaps)))));
        Assert.Empty(Codes(GivenFlow.Of(GivenFlow.Job("a", null, GivenFlow.Entry(last)))));
    }

    [Fact]
    public void Check_NamedSelectorAfterTheEnd_IsToldOnceForAllJobs()
    {
        var face = GivenFlow.Face(new FaceSelector.At(TimeSpan.FromSeconds(99)));
        var video = GivenFlow.Video() with { Faces = new Dictionary<string, FaceName> { ["anna"] = face } };

        Assert.Equal(["GKF4211"], Codes(GivenFlow.Of(GivenFlow.Job("a", video, GivenFlow.Entry(face)), GivenFlow.Job("b", video, GivenFlow.Entry(face, insert: 100)))));
    }

    private static IEnumerable<string> Codes(Flow flow)
    {
        var problems = new DiagnosticBag();
        FlowChecks.Check(flow, KlingLimits.Current, problems);
        return problems.Sorted().Select(problem => problem.Code);
    }
}
