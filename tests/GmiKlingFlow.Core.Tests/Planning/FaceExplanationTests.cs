using System.Globalization;
using System.Text.RegularExpressions;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Checking;
using GmiKlingFlow.Core.Planning.Payloads;
using GmiKlingFlow.Core.Rules;
using GmiKlingFlow.Core.Tests.Manifests;
using GmiKlingFlow.Core.Tests.Rules;
using GmiKlingFlow.Core.Timing;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Planning;

/// <summary>The wrong example of each page on the choice of faces gives its code with the faces that the example names, the right one gives nothing.</summary>
public sealed partial class FaceExplanationTests
{
    public static TheoryData<string> Codes => [.. ExplanationPages.RunBy(PageRunner.Faces, Explanation.Codes)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Wrong_Code_GivesTheCode(string code)
    {
        var (told, problems) = Check(code, "Wrong");
        Assert.Equal([code], problems.Select(p => p.Code).Distinct());
        Baseline.Match(told, caseName: code);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Right_Code_GivesNoProblem(string code)
    {
        var (told, problems) = Check(code, "Right");
        Assert.True(problems.Count == 0, told);
    }

    private static (string Told, DiagnosticBag Problems) Check(string code, string section)
    {
        var page = Explanation.Of(code) ?? "";
        var example = Regex.Match(page, $@"^## {section}\n\n```yaml\n(.*?\n)```", RegexOptions.Singleline | RegexOptions.Multiline).Groups[1].Value;
        Assert.Contains("# found: ", example, StringComparison.Ordinal);
        var faces = Found().Matches(example).Select(m => new Face(m.Groups[1].Value, new TimeRange(Milliseconds(m.Groups[2]), Milliseconds(m.Groups[3])), null)).ToList();
        var files = new ExampleFlow(example, page);
        var problems = new DiagnosticBag();
        var flow = Assert.Single(new FlowLoader(files).Load("flow.yaml", new FlowInputs("/flows", [], [], [], static _ => null), problems));
        FlowChecks.Check(flow, KlingLimits.Current, problems);
        if (!problems.HasErrors)
        {
            foreach (var job in Planner.Plan(flow, new PlanInputs(), problems).Jobs)
            {
                var resolution = SyncResolver.Resolve(job, faces, KlingLimits.Current);
                problems.AddRange(resolution is SyncResolution.Refused refused ? refused.Problems : ((SyncResolution.Resolved)resolution).Warnings);
            }
        }

        return (DiagnosticText.Interleave([("flow.yaml", files.Text)], problems), problems);
    }

    private static TimeSpan Milliseconds(Capture digits) => TimeSpan.FromMilliseconds(int.Parse(digits.Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"""(\w+)"" from (\d+) to (\d+) ms")]
    private static partial Regex Found();
}
