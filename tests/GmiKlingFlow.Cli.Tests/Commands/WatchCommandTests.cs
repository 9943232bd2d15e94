using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Cli.Watching;
using GmiKlingFlow.Core.Manifests;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Commands;

public sealed class WatchCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SharedText output = new();
    private readonly SharedText error = new();
    private readonly ManualStop stop = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Watch_SavesOfEveryKind_AreSeen(bool onlyPolls)
    {
        var flow = ExampleFlow.CopyTo(folder, "localisation");
        var path = folder.File(flow);
        var text = await File.ReadAllTextAsync(path, Cancelled);
        var watching = Start(onlyPolls, "watch", flow);
        await output.UntilAsync(static shown => shown.Contains("Plan: 3 to send", StringComparison.Ordinal), Cancelled);

        // As editors do it: in place, by rename, removed and made again; then an include and a file of media.
        await File.WriteAllTextAsync(path, text.Replace("250ms", "300ms", StringComparison.Ordinal), Cancelled);
        await Says("Since the plan before: 3 changed, $0.287");
        await File.WriteAllTextAsync($"{path}~", text.Replace("en, de, fr", "en, de", StringComparison.Ordinal), Cancelled);
        File.Move($"{path}~", path, overwrite: true);
        await Says("Since the plan before: 2 changed, -1 job, $0.217");
        File.Delete(path);
        await Says("\"localisation/flow.yaml\" does not exist.");
        await File.WriteAllTextAsync(path, $"{text}  - [\n", Cancelled);
        await Says("error GKF1001");
        await File.WriteAllTextAsync(path, text, Cancelled);
        await Says("Since the plan before: +1 job, $0.077");
        var include = folder.File("localisation/shared/audio.yaml");
        await File.WriteAllTextAsync(include, (await File.ReadAllTextAsync(include, Cancelled)).Replace("hello.de.mp3", "hello.fr.mp3", StringComparison.Ordinal), Cancelled);
        await Says("audio sha256 ");
        File.Copy(folder.File("localisation/audio/hello.en.mp3"), folder.File("localisation/audio/hello.fr.mp3"), overwrite: true);
        await Says("Since the plan before: 2 changed");
        stop.PressCtrlC();

        Assert.Equal(ExitCodes.Done, await watching);
        Assert.Equal("", error.ToString());
        Assert.DoesNotContain('\e', output.ToString());
        Assert.False(Directory.Exists(folder.File("localisation/.gkflow")));
    }

    [Fact]
    public async Task Watch_FlowThatIsNotThereYet_IsWaitedFor()
    {
        var watching = Start(onlyPolls: true, "watch", "quickstart/flow.yaml");
        await Says("\"quickstart/flow.yaml\" does not exist.");
        ExampleFlow.CopyTo(folder, "quickstart");
        await Says("Plan: 1 to send");
        stop.PressCtrlC();

        Assert.Equal(ExitCodes.Done, await watching);
    }

    [Fact]
    public async Task Watch_SaveWithAnError_TellsItAndNothingOfTheChange()
    {
        var path = folder.File(ExampleFlow.CopyTo(folder, "quickstart"));
        var text = await File.ReadAllTextAsync(path, Cancelled);
        var watching = Start(onlyPolls: true, "watch", "quickstart/flow.yaml");
        await Says("Plan: 1 to send");
        await File.WriteAllTextAsync(path, text.Replace("500ms", "90s", StringComparison.Ordinal), Cancelled);
        await Says("nothing to send, 1 blocked");

        Assert.DoesNotContain("Since the plan before", output.ToString(), StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, text.Replace("500ms", "700ms", StringComparison.Ordinal), Cancelled);
        await Says("Since the plan before: 1 changed");
        stop.PressCtrlC();
        Assert.Equal(ExitCodes.Done, await watching);
    }

    [Fact]
    public void KnownContents_FileThatKeepsItsStamp_IsReadOnce()
    {
        var path = folder.Write("a.bin", "one");
        var (known, time) = (new KnownContents(), TimeProvider.System);
        var first = new TouchedFiles(known, time).Describe(path);
        var again = new TouchedFiles(known, time).Describe(path);
        File.WriteAllText(path, "other");

        Assert.Same(first, again);
        Assert.NotEqual((first as ContentReading.Read)?.Sha256, (new TouchedFiles(known, time).Describe(path) as ContentReading.Read)?.Sha256);
    }

    [Fact]
    public void HaveChanged_FilesThatWereTouched_AreComparedWithBefore()
    {
        var (path, missing) = (folder.Write("a.txt", "one"), folder.File("b.txt"));
        var files = new TouchedFiles(new KnownContents(), TimeProvider.System);
        files.ReadBytes(path, 10);
        files.ReadBytes(missing, 10);
        files.Resolve(folder.Path);

        folder.Write("c.txt", "not touched, though its folder was");
        Assert.False(files.HaveChanged());
        folder.Write("b.txt", "");
        Assert.True(files.HaveChanged());
    }

    private Task<int> Start(bool onlyPolls, params string[] args)
    {
        var terminal = new Terminal(TextReader.Null, output, error, TerminalTraits.Redirected);
        var context = new ProgramContext(terminal, folder.Path, name => name == "DOTNET_USE_POLLING_FILE_WATCHER" && onlyPolls ? "1" : null, TimeProvider.System, stop);
        return Task.Run(() => CommandHost.RunAsync(args, context), Cancelled);
    }

    private Task<string> Says(string text) => output.UntilAsync(shown => shown.Contains(text, StringComparison.Ordinal), Cancelled);
}
