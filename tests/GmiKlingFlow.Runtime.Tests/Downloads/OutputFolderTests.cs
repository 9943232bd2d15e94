using GmiKlingFlow.Runtime.Downloads;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Downloads;

public class OutputFolderTests
{
    [Theory]
    [InlineData("a.mp4")]
    [InlineData("de/a b ü 😀.mp4")]
    [InlineData("..a/b...mp4")]
    public void Resolve_BelowTheFolder_IsInside(string relative)
    {
        using var folder = new TemporaryFolder();
        var output = new OutputFolder(folder.File("out"));

        Assert.Equal(Path.Combine(folder.Path, "out", Path.Combine(relative.Split('/'))), Assert.IsType<OutputPath.Inside>(output.Resolve(relative)).FullPath);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../a.mp4")]
    [InlineData("a/../../b.mp4")]
    [InlineData("./a.mp4")]
    [InlineData("a//b.mp4")]
    [InlineData("/etc/passwd")]
    [InlineData("a\0.mp4")]
    [InlineData("a\n.mp4")]
    public void Resolve_OutsideOrOdd_IsRefused(string relative) =>
        Assert.Equal("GKF8107", Assert.IsType<OutputPath.Refused>(new OutputFolder(Path.GetTempPath()).Resolve(relative)).Failure.Code);

    [Fact]
    public void Resolve_LinkOnTheWayOrAtTheEnd_IsRefused()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("out/real"));
        Directory.CreateSymbolicLink(folder.File("out/linked"), folder.Path);
        File.CreateSymbolicLink(folder.File("out/dangling.mp4"), folder.File("nowhere"));
        var output = new OutputFolder(folder.File("out"));

        Assert.IsType<OutputPath.Refused>(output.Resolve("linked/a.mp4"));
        Assert.IsType<OutputPath.Refused>(output.Resolve("dangling.mp4"));
        Assert.IsType<OutputPath.Inside>(output.Resolve("real/a.mp4"));
    }

    [Fact]
    public void Resolve_RootBehindALink_IsTheUsersChoice()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("disk"));
        Directory.CreateSymbolicLink(folder.File("out"), folder.File("disk"));

        Assert.IsType<OutputPath.Inside>(new OutputFolder(folder.File("out")).Resolve("a.mp4"));
    }

    [Fact]
    public void Resolve_FolderInItsPlace_IsRefused()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("a.mp4"));

        Assert.Equal("GKF8106", Assert.IsType<OutputPath.Refused>(new OutputFolder(folder.Path).Resolve("a.mp4")).Failure.Code);
    }
}
