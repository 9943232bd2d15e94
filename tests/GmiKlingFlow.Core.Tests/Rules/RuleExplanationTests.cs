using System.Text;
using System.Text.RegularExpressions;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Linting;
using GmiKlingFlow.Core.Manifests;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Checking;
using GmiKlingFlow.Core.Planning.Payloads;
using GmiKlingFlow.Core.Rules;
using GmiKlingFlow.Core.Tests.Manifests;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Rules;

/// <summary>
/// The wrong example of each page on rules, media, plans and lint gives its code, told under the lines of the example; the right one gives
/// nothing. Flows go through every check up to the choice of faces, requests through the last look before a POST.
/// </summary>
public sealed class RuleExplanationTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Codes => [.. ExplanationPages.RunBy(PageRunner.Rules, Explanation.Codes)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Wrong_Code_GivesTheCode(string code)
    {
        var (told, problems) = Check(code, "Wrong");
        Assert.True(problems.Any(p => p.Code == code), $"{code} is not told:\n{told}");
        Baseline.Match(told, caseName: code);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Right_Code_GivesNoProblem(string code)
    {
        var (told, problems) = Check(code, "Right");
        Assert.True(problems.Count == 0, told);
    }

    [Fact]
    public void LintDiagnostics_Codes_AreInTheirRange() =>
        Assert.All(CatalogueAssert.CodesInStage(typeof(LintDiagnostics), '4'), code => Assert.StartsWith("GKF43", code, StringComparison.Ordinal));

    private static (string Told, DiagnosticBag Problems) Check(string code, string section)
    {
        var page = Explanation.Of(code) ?? "";
        var match = Regex.Match(page, $@"^## {section}\n\n```(?<language>\w+)\n(?<text>.*?\n)```", RegexOptions.Singleline | RegexOptions.Multiline);
        Assert.True(match.Success, $"{code} has no example under \"{section}\".");
        var text = match.Groups["text"].Value;
        return match.Groups["language"].Value == "json" ? Request(text) : FlowOf(text, page, isLint: code.StartsWith("GKF43", StringComparison.Ordinal));
    }

    private static (string Told, DiagnosticBag Problems) FlowOf(string example, string page, bool isLint)
    {
        var files = new ExampleFlow(example, page);
        var problems = new DiagnosticBag();
        var flow = Assert.Single(new FlowLoader(files).Load("flow.yaml", new FlowInputs("/flows", [], [], [], static _ => null), problems));
        FlowChecks.Check(flow, KlingLimits.Current, problems);
        SignedUrlLint.Check(flow.Jobs, flow.Run.Deadline, Now, KlingLimits.Current, problems);
        if (isLint)
        {
            FlowLint.Check(flow, KlingLimits.Current, problems);
        }

        // Passes get their faces one after the other.
        if (!problems.HasErrors && flow.Run.MultiFace == MultiFace.Together)
        {
            foreach (var job in Planner.Plan(flow, new PlanInputs(), new DiagnosticBag()).Jobs)
            {
                var resolution = SyncResolver.Resolve(job, Faces(files, flow), KlingLimits.Current);
                problems.AddRange(resolution is SyncResolution.Refused refused ? refused.Problems : ((SyncResolution.Resolved)resolution).Warnings);
            }
        }

        return (DiagnosticText.Interleave([("flow.yaml", files.Text)], problems), problems);
    }

    // Everyone a flow names is seen: the first as the page says, Ben as long, and a third for a moment.
    private static List<Face> Faces(ExampleFlow files, Flow flow)
    {
        var named = flow.Jobs.SelectMany(job => job.Entries).SelectMany(entry => entry.Face.Selectors).OfType<FaceSelector.ById>().Select(selector => selector.Id).ToHashSet();
        var faces = files.Faces.ToList();
        if (named.Contains("1"))
        {
            faces.Add(faces[0] with { Id = "1" });
        }

        if (named.Contains("2"))
        {
            faces.Add(new Face("2", new Core.Timing.TimeRange(TimeSpan.Zero, TimeSpan.FromMilliseconds(100)), null));
        }

        return faces;
    }

    private static (string Told, DiagnosticBag Problems) Request(string json)
    {
        var files = new ExampleFlow("", "");
        var flow = Assert.Single(new FlowLoader(files).Load("flow.yaml", new FlowInputs("/flows", [], [], [], static _ => null), new DiagnosticBag()));
        var job = flow.Jobs[0];
        var check = new RequestCheck(job.Video, job.Entries, new Place(SourceSpan.StartOf("request.json"), "payload"), KlingLimits.Current, Now);
        var body = Encoding.UTF8.GetBytes(json);
        var problems = new DiagnosticBag();
        problems.AddRange(json.Contains(ModelNames.IdentifyFace, StringComparison.Ordinal) ? check.Identify(body) : check.Sync(body, files.Faces, TimeSpan.Zero));
        return ($"{json}{string.Concat(problems.Sorted().Select(p => $"# {p.Code} [{p.Place?.Path}] {p.Message}\n"))}", problems);
    }
}
