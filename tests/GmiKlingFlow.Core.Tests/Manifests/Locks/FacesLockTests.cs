using System.Text;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests;
using GmiKlingFlow.Core.Manifests.Locks;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Manifests.Locks;

public sealed class FacesLockTests
{
    private const string Head = "apiVersion: gmiklingflow/v1\nkind: FacesLock\n";
    private const string Fingerprint = "sha256:0000000000000000000000000000000000000000000000000000000000000001";
    private const string Path = "/flows/flow.faces.lock.yaml";

    private readonly DiagnosticBag diagnostics = new();

    public static TheoryData<string> Codes => [.. ExplanationPages.RunBy(PageRunner.Locks, CatalogueAssert.CodesInStage(typeof(LockDiagnostics), '6'))];

    [Fact]
    public void Load_NoFile_IsNoLockAndNoProblem()
    {
        Assert.Null(Load(null));
        Assert.Empty(diagnostics);
    }

    [Fact]
    public void Load_WholeLock_HasEverythingInIt()
    {
        var read = Load(Head + $$"""
            videos:
              - source: "clips/Grüße 😀 \"x\".mp4"
                fingerprint: "{{Fingerprint}}"
                simulated: true
                faces:
                  - { face_id: "0", start_time: 0, end_time: 6960, thumbnail: flow.faces/host-0.png }
                  - { face_id: "-1", start_time: 500, end_time: 500 }
              - { source: https://cdn.example/v.mp4, fingerprint: "url:https://cdn.example/v.mp4", faces: [] }
            """);

        Assert.Empty(diagnostics);
        Assert.Equal("flow.faces.lock.yaml", read?.File);
        var (first, second) = (read?.Videos[0], read?.Videos[1]);
        Assert.Equal(("clips/Grüße 😀 \"x\".mp4", Fingerprint, true), (first?.Source, first?.Fingerprint, first?.IsSimulated));
        Assert.Equal([("0", 0, 6960, "flow.faces/host-0.png"), ("-1", 500, 500, null)], first?.Faces.Select(Shown));
        Assert.Equal((4, "videos[0]"), (first?.Place?.Span.Line, first?.Place?.Path));
        Assert.Equal(("url:https://cdn.example/v.mp4", false, 0), (second?.Fingerprint, second?.IsSimulated, second?.Faces.Count));
    }

    [Theory]
    [InlineData("flow.yaml", "flow.faces.lock.yaml")]
    [InlineData("a.b.YML", "a.b.faces.lock.yaml")]
    [InlineData("flow.json", "flow.faces.lock.yaml")]
    [InlineData("flow", "flow.faces.lock.yaml")]
    [InlineData("flow.txt", "flow.txt.faces.lock.yaml")]
    [InlineData(".yaml", ".yaml.faces.lock.yaml")]
    public void LockOf_FlowsName_IsTheLocksName(string flow, string faces) => Assert.Equal($"/f.yaml/{faces}", FacesLockFiles.LockOf($"/f.yaml/{flow}"));

    [Theory]
    [MemberData(nameof(Codes))]
    public void Wrong_Code_GivesTheCodeAndNoLock(string code)
    {
        Assert.Null(Load(Example(code, "Wrong")));

        Assert.Equal(code, Assert.Single(diagnostics).Code);
        Assert.NotNull(diagnostics.First().Place);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Right_Code_IsALock(string code)
    {
        Assert.NotNull(Load(Example(code, "Right")));
        Assert.Empty(diagnostics);
    }

    [Theory]
    [InlineData("", "GKF1013")]
    [InlineData("# only a comment\n", "GKF1013")]
    [InlineData("- a list\n", "GKF2003")]
    [InlineData("just text\n", "GKF2003")]
    [InlineData("{}\n", "GKF6101")]
    [InlineData("kind: FacesLock\n", "GKF6102")]
    [InlineData(Head, "GKF2002")]
    [InlineData(Head + "videos: {}\n", "GKF2003")]
    [InlineData(Head + "videos: []\nvideo: []\n", "GKF2001")]
    [InlineData(Head + "videos: [host]\n", "GKF2003")]
    [InlineData(Head + "videos: [{ source: a.mp4, fingerprint: \"" + Fingerprint + "\" }]\n", "GKF2002")]
    [InlineData(Head + "videos: [{ source: a.mp4, faces: [] }]\n", "GKF2002")]
    [InlineData(Head + "videos: [{ source: a.mp4, fingerprint: \"" + Fingerprint + "\", faces: [0] }]\n", "GKF2003")]
    [InlineData(Head + "videos: [{ source: [a], fingerprint: \"" + Fingerprint + "\", faces: [] }]\n", "GKF2003")]
    [InlineData(Head + "videos: [\n", "GKF1001")]
    [InlineData(Head + "videos: *gone\n", "GKF1005")]
    [InlineData(Head + "videos: []\nvideos: []\n", "GKF1004")]
    public void Load_BrokenLock_SaysWhatIsWrong(string text, string code)
    {
        Assert.Null(Load(text));
        Assert.Equal(code, diagnostics.Sorted()[0].Code);
    }

    [Theory]
    [InlineData(".nan")]
    [InlineData("-.inf")]
    [InlineData("-1")]
    [InlineData("86400001")]
    [InlineData("1e300")]
    [InlineData("12.5")]
    [InlineData("99999999999999999999999")]
    [InlineData("\"0\"")]
    public void Load_TimeThatIsNone_IsRefusedAtItsPlace(string time)
    {
        Assert.Null(Load($"{Head}videos:\n  - source: a.mp4\n    fingerprint: \"{Fingerprint}\"\n    faces:\n      - face_id: \"0\"\n        start_time: {time}\n        end_time: 86400000\n"));

        var problem = Assert.Single(diagnostics);
        Assert.Equal(("GKF6107", "videos[0].faces[0].start_time", 8), (problem.Code, problem.Place?.Path, problem.Place?.Span.Line));
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../x.png")]
    [InlineData("a/../../x.png")]
    [InlineData("C:/x.png")]
    [InlineData("a\\\\x.png")]
    [InlineData("a//x.png")]
    public void Load_ThumbnailOutside_IsRefused(string path)
    {
        Assert.Null(Load($"{Head}videos: [{{ source: a.mp4, fingerprint: \"{Fingerprint}\", faces: [{{ face_id: \"0\", start_time: 0, end_time: 1, thumbnail: \"{path}\" }}] }}]\n"));
        Assert.Equal("GKF6110", Assert.Single(diagnostics).Code);
    }

    [Fact]
    public void Load_AliasesThatMultiply_AreRefused()
    {
        var text = new StringBuilder(Head).Append("videos:\n  - &a0 { source: x }\n");
        for (var i = 1; i < 40; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"  - &a{i} [*a{i - 1}, *a{i - 1}]\n");
        }

        Assert.Null(Load(text.ToString()));
        Assert.Contains("GKF1007", diagnostics.Select(d => d.Code));
    }

    [Fact]
    public void Load_DeepNesting_IsRefused()
    {
        Assert.Null(Load(Head + "videos: " + new string('[', 5000)));
        Assert.Contains("GKF1008", diagnostics.Select(d => d.Code));
    }

    [Fact]
    public void Load_HugeFile_IsNotRead()
    {
        Assert.Null(Load(Head + new string(' ', 17_000_000)));
        Assert.Equal("GKF1009", Assert.Single(diagnostics).Code);
    }

    [Fact]
    public void Load_FolderInItsPlace_IsAnError()
    {
        var files = new FlowCase("").WithFile($"{Path}/x", "");

        Assert.Null(new FacesLockLoader(files).Load("/flows/flow.yaml", "/flows", diagnostics));
        Assert.Equal("GKF1015", Assert.Single(diagnostics).Code);
    }

    [Fact]
    public void Load_TenThousandFaces_TakesTheirTimeOnce()
    {
        var text = new StringBuilder(Head).Append("videos:\n  - source: a.mp4\n    fingerprint: \"").Append(Fingerprint).Append("\"\n    faces:\n");
        for (var i = 0; i < 10_000; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"      - {{ face_id: \"{i}\", start_time: 0, end_time: 1000 }}\n");
        }

        Assert.Equal(10_000, Load(text.ToString())?.Videos[0].Faces.Count);
    }

    private FacesLock? Load(string? text)
    {
        var files = new FlowCase("");
        return new FacesLockLoader(text is null ? files : files.WithFile(Path, text)).Load("/flows/flow.yaml", "/flows", diagnostics);
    }

    private static (string, int, int, string?) Shown(LockedFace face) =>
        (face.Face.Id, (int)face.Face.Visible.Start.TotalMilliseconds, (int)face.Face.Visible.End.TotalMilliseconds, face.Thumbnail);

    private static string Example(string code, string section)
    {
        var page = File.ReadAllText(RepositoryFolder.Combine("src", "GmiKlingFlow.Core", "Diagnostics", "Explanations", $"{code}.md")).ReplaceLineEndings("\n");
        return page.Split($"## {section}\n\n```yaml\n")[1].Split("```")[0];
    }
}
