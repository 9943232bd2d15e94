using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Commands;

public sealed class InitCommandTests : IDisposable
{
    private static readonly string[] Written = [".gitignore", "audio/hello.wav", "clips/host.mp4", "flow.v1.schema.json", "flow.yaml"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("my-flow")]
    [InlineData("deep/er/🎬 my flow")]
    [InlineData(".")]
    public async Task RunAsync_EmptyFolder_WritesFlowAndMedia(string into)
    {
        var result = await new CliRunner(folder.Path).RunAsync("init", into);

        Assert.Equal(ExitCodes.Done, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.Equal(Written, FilesIn(folder.File(into)));
        Assert.StartsWith("# yaml-language-server: $schema=flow.v1.schema.json\n", File.ReadAllText(folder.File($"{into}/flow.yaml")).ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_NoFolderGiven_WritesToTheWorkingDirectory()
    {
        await new CliRunner(folder.Path).RunAsync("init");

        Assert.Equal(Written, FilesIn(folder.Path));
    }

    [Fact]
    public async Task RunAsync_AgainInTheSameFolder_ExitsTwoNamingEveryFileInTheWay()
    {
        await new CliRunner(folder.Path).RunAsync("init", "x");
        File.WriteAllText(folder.File("x/flow.yaml"), "mine");

        var result = await new CliRunner(folder.Path).RunAsync("init", "x");

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.All(Written, file => Assert.Contains($"\"x/{file}\"", result.Error, StringComparison.Ordinal));
        Assert.Equal("mine", File.ReadAllText(folder.File("x/flow.yaml")));
    }

    [Theory]
    [InlineData("taken")]
    [InlineData("taken/clips")]
    public async Task RunAsync_FileWhereAFolderShouldBe_WritesNothing(string file)
    {
        folder.Write(file, "mine");

        var result = await new CliRunner(folder.Path).RunAsync("init", "taken");

        Assert.Equal(ExitCodes.WrongInput, result.ExitCode);
        Assert.Equal([file], FilesIn(folder.Path));
    }

    private static IEnumerable<string> FilesIn(string path) => Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(path, file).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);
}
