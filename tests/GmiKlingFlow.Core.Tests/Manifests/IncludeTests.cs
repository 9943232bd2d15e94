using GmiKlingFlow.Core.Model;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Manifests;

public sealed class IncludeTests
{
    [Fact]
    public void Load_Includes_MergeInOrderAndTheFlowWins()
    {
        var flow = new FlowCase(FlowCase.Head + "include: [a.yaml, sub/b.yaml]\nvars: { z: flow }\ndefaults: { sound_volume: 2 }\n" + FlowCase.Sources
            + "jobs:\n  - { id: a, labels: { l: \"{{ vars.x }} {{ vars.y }} {{ vars.z }}\" }, video: host, faces: [{ face: anna, audio: more }] }\n")
            .WithFile("/flows/a.yaml", "vars: { x: a, y: a, z: a }\ndefaults: { sound_volume: 1, original_audio_volume: 0 }\naudio: { more: { source: hello.wav } }\n")
            .WithFile("/flows/sub/b.yaml", "vars: { y: b }\naudio: { more: { source: ../hello.wav } }\n")
            .Load();
        var job = Assert.Single(flow.Jobs);
        Assert.Equal("a b flow", job.Labels[0].Value);
        Assert.Equal(2, Assert.IsType<Setting<double>.Known>(job.Entries[0].SoundVolume).Value);
        Assert.Equal(0, Assert.IsType<Setting<double>.Known>(job.Entries[0].OriginalAudioVolume).Value);
        Assert.Equal("/flows/hello.wav", Assert.IsType<MediaSource.LocalFile>(flow.Audio["more"].Source).FullPath);
    }

    [Theory]
    [InlineData("a.yaml", "include: [flow.yaml]\n", "GKF4016")]
    [InlineData("a.yaml", "include: [a.yaml]\n", "GKF4016")]
    [InlineData("none.yaml", "", "GKF1014")]
    [InlineData("../outside.yaml", "", "GKF4010")]
    [InlineData("/etc/passwd", "", "GKF4010")]
    [InlineData("link.yaml", "", "GKF4010")]
    [InlineData("a.yaml", "jobs: []\n", "GKF2019")]
    [InlineData("a.yaml", "adio: {}\n", "GKF2001")]
    [InlineData("a.yaml", "vars: {}\n---\nvars: {}\n", "GKF2003")]
    [InlineData("a.yaml", "vars: {\n", "GKF1001")]
    public void Load_WrongInclude_IsToldOnce(string include, string text, string code) => Assert.Equal(
        [code],
        FlowCase.Of($"include: [{include}]\n{FlowCase.Job}")
            .WithFile("/flows/a.yaml", text)
            .WithFile("/outside.yaml", "vars: {}\n")
            .WithFile("/etc/passwd", "root:x\n")
            .WithLink("/flows/link.yaml", "/outside.yaml")
            .Codes());

    [Fact]
    public void Load_IncludesTooDeep_AreBounded()
    {
        var flow = FlowCase.Of($"include: [l0.yaml]\n{FlowCase.Job}");
        for (var i = 0; i < 40; i++)
        {
            flow.WithFile($"/flows/l{i}.yaml", $"include: [l{i + 1}.yaml]\n");
        }

        Assert.Equal(["GKF4017"], flow.Codes());
    }

    [Fact]
    public void Load_TheSameFileTwice_IsNoCycle() => FlowCase.Of($"include: [a.yaml, b.yaml]\n{FlowCase.Job}")
        .WithFile("/flows/a.yaml", "include: [c.yaml]\n")
        .WithFile("/flows/b.yaml", "include: [c.yaml]\n")
        .WithFile("/flows/c.yaml", "vars: { a: 1 }\n")
        .Load();
}
