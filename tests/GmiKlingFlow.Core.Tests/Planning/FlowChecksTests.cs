using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Rules;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Planning;

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

    private static IEnumerable<string> Codes(Flow flow)
    {
        var problems = new DiagnosticBag();
        FlowChecks.Check(flow, KlingLimits.Current, problems);
        return problems.Sorted().Select(problem => problem.Code);
    }
}
