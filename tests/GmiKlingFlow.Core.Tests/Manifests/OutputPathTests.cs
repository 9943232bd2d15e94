using GmiKlingFlow.Core.Manifests;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Manifests;

public sealed class OutputPathTests
{
    [Theory]
    [InlineData("a.mp4", "a.mp4")]
    [InlineData("./de//a b/ü😀'.mp4", "de/a b/ü😀'.mp4")]
    [InlineData("..a/...b.mp4", "..a/...b.mp4")]
    [InlineData("e\u0301.mp4", "é.mp4")]
    [InlineData("console.mp4", "console.mp4")]
    [InlineData("results.yaml/x.mp4", "results.yaml/x.mp4")]
    public void Problem_SafePath_IsNullAndNormalised(string written, string normalised)
    {
        Assert.Null(OutputPath.Problem(written));
        Assert.Equal(normalised, OutputPath.Normalise(written));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("./")]
    [InlineData("..")]
    [InlineData("a/../b.mp4")]
    [InlineData("../a.mp4")]
    [InlineData("a/..")]
    [InlineData("/a.mp4")]
    [InlineData("//server/a.mp4")]
    [InlineData("C:a.mp4")]
    [InlineData("C:/a.mp4")]
    [InlineData("a\\b.mp4")]
    [InlineData("..\\a.mp4")]
    [InlineData("a/")]
    [InlineData("con")]
    [InlineData("NUL.mp4")]
    [InlineData("a/com1.tar.mp4")]
    [InlineData("LPT9 .mp4")]
    [InlineData("a./b.mp4")]
    [InlineData("a.mp4.")]
    [InlineData("a.mp4 ")]
    [InlineData("... ")]
    [InlineData(" a.mp4")]
    [InlineData("a\0.mp4")]
    [InlineData("a\n.mp4")]
    [InlineData("a\u202e4pm.mp4")]
    [InlineData("a?.mp4")]
    [InlineData("a:stream.mp4")]
    [InlineData("results.yaml")]
    [InlineData("./RESULTS.json")]
    public void Problem_UnsafePath_IsSaid(string written) => Assert.NotNull(OutputPath.Problem(written));

    [Fact]
    public void Problem_HalfACharacter_IsSaid() => Assert.NotNull(OutputPath.Problem("a\ud800.mp4"));

    [Fact]
    public void Problem_LongNames_AreSaid()
    {
        Assert.NotNull(OutputPath.Problem(new string('a', 201)));
        Assert.NotNull(OutputPath.Problem(new string('ü', 101)));
        Assert.NotNull(OutputPath.Problem(string.Join('/', Enumerable.Repeat("abcdefghi", 90))));
        Assert.Null(OutputPath.Problem(new string('a', 200)));
    }

    [Theory]
    [InlineData("Host.mp4", "host.mp4", 1)]
    [InlineData("./a.mp4", "a.mp4", 1)]
    [InlineData("\u00e9.mp4", "e\u0301.mp4", 1)]
    [InlineData("ÄÖ.mp4", "äö.mp4", 1)]
    [InlineData("a", "a/b.mp4", 1)]
    [InlineData("a/b.mp4", "A", 1)]
    [InlineData("a/b.mp4", "a/c.mp4", 0)]
    [InlineData("a.mp4", "ab.mp4", 0)]
    public void Load_TwoOutputs_CollideWhereADiskWould(string first, string second, int collisions)
    {
        var flow = FlowCase.Of(
            "jobs:\n"
            + $"  - {{ id: one, video: host, output: \"{first}\", faces: [{{ face: anna, audio: hello }}] }}\n"
            + $"  - {{ id: two, video: host, output: \"{second}\", faces: [{{ face: anna, audio: hello }}] }}\n");
        Assert.Equal(Enumerable.Repeat("GKF4008", collisions), flow.Codes());
    }

    [Fact]
    public void Load_OutputFromTemplate_CannotLeaveTheFolder()
    {
        var flow = FlowCase.Of("vars: { up: \"..\" }\njobs:\n  - { id: a, video: host, output: \"{{ vars.up }}/{{ job.id }}.mp4\", faces: [{ face: anna, audio: hello }] }\n");
        Assert.Equal(["GKF4007"], flow.Codes());
    }
}
