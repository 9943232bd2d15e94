using System.Text;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Manifests;

/// <summary>Files as they really lie on a disk.</summary>
public sealed class InputFileTests : IDisposable
{
    private const string Flow = FlowCase.Head + "videos: { host: { source: \"SOURCE\" } }\njobs: [{ id: a, video: host, faces: [{ face_id: \"0\", sound_file: \"https://example.com/a.mp3\" }] }]\n";

    private readonly TemporaryFolder folder = new();
    private readonly TemporaryFolder elsewhere = new();

    public void Dispose()
    {
        folder.Dispose();
        elsewhere.Dispose();
    }

    [Theory]
    [InlineData("", "GKF1013")]
    [InlineData("# nothing\n---\n---\n", "GKF1013")]
    [InlineData("a\0b", "GKF1012")]
    [InlineData("a: \u2028", "GKF1012")]
    [InlineData("just text", "GKF2003")]
    public void Load_TextThatIsNoFlow_IsTold(string text, string code)
    {
        folder.Write("flow.yaml", text);
        Assert.Equal([code], Codes("flow.yaml"));
    }

    [Fact]
    public void Load_OtherEncodings_AreNamed()
    {
        File.WriteAllText(folder.File("le.yaml"), Flow, Encoding.Unicode);
        File.WriteAllText(folder.File("be.yaml"), Flow, Encoding.BigEndianUnicode);
        File.WriteAllText(folder.File("32.yaml"), Flow, Encoding.UTF32);
        File.WriteAllBytes(folder.File("bare.yaml"), Encoding.Unicode.GetBytes(Flow));
        Assert.All(["le.yaml", "be.yaml", "32.yaml", "bare.yaml"], file => Assert.Equal(["GKF1011"], Codes(file)));
    }

    [Fact]
    public void Load_Latin1_PointsToTheByte()
    {
        File.WriteAllBytes(folder.File("flow.yaml"), Encoding.Latin1.GetBytes("a: 1\nb: caf\u00e9\n"));
        var found = Assert.Single(Load("flow.yaml"));
        Assert.Equal(("GKF1010", 2, 7), (found.Code, found.Place?.Span.Line, found.Place?.Span.Column));
    }

    [Fact]
    public void Load_ByteOrderMarkAndCrLf_KeepPlaces()
    {
        File.WriteAllText(folder.File("flow.yaml"), Flow.Replace("SOURCE", "no.mp4", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal), new UTF8Encoding(true));
        var found = Assert.Single(Load("flow.yaml"));
        Assert.Equal(("GKF4009", 4, 27), (found.Code, found.Place?.Span.Line, found.Place?.Span.Column));
    }

    [Fact]
    public void Load_MissingFolderAndTooLarge_AreTold()
    {
        using (var large = File.Create(folder.File("large.yaml")))
        {
            large.SetLength((16 * 1024 * 1024) + 1);
        }

        Assert.Equal(["GKF1014"], Codes("none.yaml"));
        Assert.Equal(["GKF1014"], Codes("none/none.yaml"));
        Assert.Equal(["GKF1015"], Codes("."));
        Assert.Equal(["GKF1009"], Codes("large.yaml"));
    }

    [Fact]
    public void Load_UnreadableFile_IsTold()
    {
        folder.Write("flow.yaml", Flow);
        if (OperatingSystem.IsWindows() || Environment.UserName == "root")
        {
            // Nothing is unreadable for root; a name that is too long is, for everybody.
            Assert.Equal(["GKF1016"], Codes(new string('a', 300)));
            return;
        }

        File.SetUnixFileMode(folder.File("flow.yaml"), UnixFileMode.None);
        Assert.Equal(["GKF1016"], Codes("flow.yaml"));
    }

    [Theory]
    [InlineData("../ELSEWHERE/x.mp4")]
    [InlineData("link.mp4")]
    [InlineData("dir/x.mp4")]
    [InlineData("dir/../dir/x.mp4")]
    [InlineData("dir/nothing.mp4")]
    public void Load_SourceOutside_IsRefusedUnread(string source)
    {
        elsewhere.Write("x.mp4", "secret");
        File.CreateSymbolicLink(folder.File("link.mp4"), elsewhere.File("x.mp4"));
        Directory.CreateSymbolicLink(folder.File("dir"), elsewhere.Path);
        WriteFlow(source.Replace("ELSEWHERE", Path.GetFileName(elsewhere.Path), StringComparison.Ordinal));
        Assert.Equal(["GKF4010"], Codes("flow.yaml"));
    }

    [Fact]
    public void Load_SourceBelowAllowedFolder_IsRead()
    {
        elsewhere.Write("x.mp4", "not a video");
        WriteFlow(elsewhere.File("x.mp4"));
        Assert.Equal(["GKF5001"], Load("flow.yaml", elsewhere.Path).Select(d => d.Code));
    }

    [Fact]
    public void Load_FolderWithTheSameStart_IsOutside()
    {
        var twin = Directory.CreateDirectory($"{folder.Path}-twin").FullName;
        try
        {
            File.WriteAllText(Path.Combine(twin, "x.mp4"), "x");
            WriteFlow($"../{Path.GetFileName(twin)}/x.mp4");
            Assert.Equal(["GKF4010"], Codes("flow.yaml"));
        }
        finally
        {
            Directory.Delete(twin, recursive: true);
        }
    }

    [Fact]
    public void Load_LinksInACircle_AreTold()
    {
        File.CreateSymbolicLink(folder.File("a.mp4"), "b.mp4");
        File.CreateSymbolicLink(folder.File("b.mp4"), "a.mp4");
        WriteFlow("a.mp4");
        Assert.Equal(["GKF4012"], Codes("flow.yaml"));
    }

    [Theory]
    [InlineData("empty.mp4", "GKF5001")]
    [InlineData(".", "GKF4010")]
    [InlineData("sub", "GKF4011")]
    [InlineData("\\u0000", "GKF4009")]
    [InlineData("file:///etc/passwd", "GKF4013")]
    [InlineData("http://example.com/a.mp4", "GKF4013")]
    [InlineData("https://", "GKF4013")]
    [InlineData("https://u:p@example.com/a.mp4", "GKF4014")]
    [InlineData("https://u@example.com/a.mp4", "GKF4014")]
    [InlineData("https://example.com/\\e]0;title\\a.mp4", "GKF4013")]
    [InlineData("https://example.com/\\u202e.mp4", "GKF4013")]
    [InlineData("data:video/mp4;base64,AAAA", "GKF4015")]
    public void Load_OddSource_IsTold(string source, string code)
    {
        folder.Write("empty.mp4", "");
        Directory.CreateDirectory(folder.File("sub"));
        WriteFlow(source);
        Assert.Equal([code], Codes("flow.yaml"));
        Assert.DoesNotContain("u:p", string.Concat(Load("flow.yaml").Select(d => d.Message)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:8787/a.mp4")]
    [InlineData("http://127.0.0.1/a.mp4")]
    [InlineData("http://[::1]/a.mp4")]
    [InlineData("https://example.com/ü.mp4?X-Signature=a%2Fb")]
    public void Load_UsableUrl_IsKeptAsWritten(string url)
    {
        WriteFlow(url);
        var diagnostics = new DiagnosticBag();
        var flow = Assert.Single(new FlowLoader(new DiskFlowFiles()).Load("flow.yaml", Inputs(), diagnostics));
        Assert.Empty(diagnostics);
        Assert.Equal(url, flow.Videos["host"].Source.Shown);
    }

    [Fact]
    public void Load_PipeThatNothingWritesTo_DoesNotWaitForEver()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux is sure to have mkfifo.");
        using (var made = System.Diagnostics.Process.Start("mkfifo", [folder.File("pipe.yaml")]))
        {
            made.WaitForExit();
        }

        var diagnostics = new DiagnosticBag();
        new FlowLoader(new DiskFlowFiles(new HurriedTimeProvider())).Load("pipe.yaml", Inputs(), diagnostics);
        var found = Assert.Single(diagnostics);
        Assert.Equal("GKF1016", found.Code);
        Assert.Contains("it is a pipe that nothing writes to", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_SourceFarAboveEveryLimit_IsNotReadThrough()
    {
        using (var file = File.Create(folder.File("huge.mp4")))
        {
            file.SetLength(600_000_000);
        }

        WriteFlow("huge.mp4");
        var found = Assert.Single(Load("flow.yaml"));
        Assert.Equal("GKF4012", found.Code);
        Assert.Contains("it has 600,000,000 bytes", found.Message, StringComparison.Ordinal);
    }

    private void WriteFlow(string source) => folder.Write("flow.yaml", Flow.Replace("SOURCE", source, StringComparison.Ordinal));

    private IEnumerable<string> Codes(string path) => Load(path).Select(d => d.Code);

    private IReadOnlyList<Diagnostic> Load(string path, params string[] allowed)
    {
        var diagnostics = new DiagnosticBag();
        new FlowLoader(new DiskFlowFiles()).Load(path, Inputs(allowed), diagnostics);
        return diagnostics.Sorted();
    }

    private FlowInputs Inputs(params string[] allowed) => new(folder.Path, allowed, [], [], static _ => null);
}
