using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Planning;

/// <summary>Outputs that would replace what is still needed.</summary>
public sealed class PreciousFilesTests
{
    private static readonly string Folder = Path.GetFullPath("/flows");

    [Theory]
    [InlineData("clips/host.mp4", "video \"host\"")]
    [InlineData("Clips/HOST.mp4", "video \"host\"")]
    [InlineData("audio/hello.en.wav", "audio \"hello.en\"")]
    [InlineData("flow.yaml", "the flow itself")]
    [InlineData(".gkflow/state.db", "the state")]
    [InlineData(".gkflow/state.db-wal", "the state")]
    public void Plan_OutputOverAnInput_BlocksTheJob(string output, string harmed)
    {
        var job = Plan(output, Folder);

        Assert.Equal(JobAction.Blocked, job.Action);
        var problem = Assert.Single(job.Problems);
        Assert.Equal("GKF4210", problem.Code);
        Assert.StartsWith($"\"{output}\" would be written over {harmed}", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("clips/host.mp4", "out")]
    [InlineData("clips/other.mp4", "")]
    [InlineData(".gkflow/a.mp4", "")]
    public void Plan_OutputBesideTheInputs_IsCreated(string output, string below) =>
        Assert.Equal(JobAction.Create, Plan(output, Path.Combine(Folder, below)).Action);

    private static PlannedJob Plan(string output, string folder)
    {
        var video = GivenFlow.Video();
        var real = video with { Source = (MediaSource.LocalFile)video.Source with { FullPath = Path.Combine(Folder, "clips", "host.mp4") } };
        var audio = GivenFlow.Audio();
        var track = audio with { Source = (MediaSource.LocalFile)audio.Source with { FullPath = Path.Combine(Folder, "audio", "hello.en.wav") } };
        var flow = GivenFlow.Of(GivenFlow.Job("a", real, GivenFlow.Entry(audio: track)) with { Output = output });
        return Assert.Single(Planner.Plan(
            flow with { FullPath = Path.Combine(Folder, "flow.yaml"), Audio = new Dictionary<string, AudioTrack> { [track.Name] = track } },
            new PlanInputs { Folders = new OutputFolders(folder, Path.Combine(Folder, ".gkflow")) },
            new DiagnosticBag()).Jobs);
    }
}
