using System.Text.RegularExpressions;
using GmiKlingFlow.Core.Manifests;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Manifests;

/// <summary>Every code of the three catalogues has a page, its wrong example gives the code, and its right example gives no error.</summary>
public sealed class ExplanationTests
{
    private static readonly string Folder = RepositoryFolder.Combine("src", "GmiKlingFlow.Core", "Diagnostics", "Explanations");

    // One cause, one diagnostic, but for these: an alias that was not expanded leaves no value of the right kind, and GKF4031 counts another code.
    private static readonly Dictionary<string, string> Beside = new(StringComparer.Ordinal) { ["GKF1018"] = "GKF2003", ["GKF4031"] = "GKF4002" };

    private static readonly string[] IncludedFiles = ["GKF2019"];

    public static TheoryData<string> Codes => [.. AllCodes()];

    public static TheoryData<string> YamlCodes => [.. ExplanationPages.RunBy(PageRunner.Loading, AllCodes())];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Page_Code_IsThere(string code) => Assert.StartsWith($"# {code}: ", Page(code), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(YamlCodes))]
    public void Wrong_Code_GivesTheCode(string code)
    {
        var flow = CaseOf(code, "Wrong");
        flow.LoadAll();
        Assert.Equal([code], flow.Diagnostics.Select(d => d.Code).Distinct().Where(other => other != Beside.GetValueOrDefault(code)));
        Baseline.Match(flow.Interleaved(), caseName: code);
    }

    [Theory]
    [MemberData(nameof(YamlCodes))]
    public void Right_Code_GivesNoProblem(string code)
    {
        if (Example(code, "Right").Language != "yaml")
        {
            return;
        }

        var flow = CaseOf(code, "Right").With(i => i with { Environment = static _ => "1" });
        flow.LoadAll();
        Assert.True(flow.Diagnostics.Count == 0, flow.Report());
    }

    private static IEnumerable<string> AllCodes() =>
        CatalogueAssert.CodesInStage(typeof(YamlDiagnostics), '1')
            .Concat(CatalogueAssert.CodesInStage(typeof(ShapeDiagnostics), '2'))
            .Concat(CatalogueAssert.CodesInStage(typeof(MeaningDiagnostics), '4'))
            .Order(StringComparer.Ordinal);

    private static FlowCase CaseOf(string code, string section)
    {
        var (language, text) = Example(code, section);
        Assert.Equal("yaml", language);
        var flow = IncludedFiles.Contains(code)
            ? FlowCase.Of(FlowCase.Job + "include: [part.yaml]\n").WithFile("/flows/part.yaml", text)
            : new FlowCase(FlowCase.Completed(text));
        return flow
            .WithFile("/flows/shared/audio.yaml", "audio:\n  extra: { source: ../audio/hello.wav }\n")
            .WithBytes("/flows/clips/host.mp4", [1])
            .WithBytes("/flows/audio/hello.wav", [2])
            .WithBytes("/etc/passwd", [3]);
    }

    private static (string Language, string Text) Example(string code, string section)
    {
        var match = Regex.Match(Page(code), $@"^## {section}\n\n```(?<language>\w+)\n(?<text>.*?\n)```", RegexOptions.Singleline | RegexOptions.Multiline);
        Assert.True(match.Success, $"{code} has no example under \"{section}\".");
        return (match.Groups["language"].Value, match.Groups["text"].Value);
    }

    private static string Page(string code) => File.ReadAllText(Path.Combine(Folder, $"{code}.md")).ReplaceLineEndings("\n");
}
