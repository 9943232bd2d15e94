using BenchmarkDotNet.Attributes;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests;
using GmiKlingFlow.Core.Manifests.Yaml;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Templating;

namespace GmiKlingFlow.Benchmarks;

/// <summary>From text to plan. Where an operation is a whole flow, the figures are those of one of its jobs.</summary>
public class FlowBenchmarks
{
    private readonly DiskFlowFiles files = new();
    private readonly DiagnosticBag problems = new();
    private string path = "";
    private ManifestText text = new("flow.yaml", "/flow.yaml", "");
    private FlowInputs inputs = new("/", [], [], [], static _ => null);
    private Flow? flow;
    private Template? template;
    private TemplateScope scope = new(new Dictionary<string, TemplateValue>(), new HashSet<string>(), new Dictionary<string, string>());

    [GlobalSetup]
    public void Make()
    {
        path = GivenFolder.Make();
        text = new ManifestText("flow.yaml", path, GivenFolder.Text());
        inputs = inputs with { WorkingDirectory = Path.GetDirectoryName(path) ?? path };
        flow = new FlowLoader(files).Load(path, inputs, problems).Single();
        template = Template.Parse("{{ 1 - matrix.round / 1000 }}", static (_, _) => new Place(new SourceSpan("flow.yaml", 1, 1, 1, 2), "x"), problems);
        scope = scope with { Values = new Dictionary<string, TemplateValue> { ["matrix"] = new TemplateValue.Map([new("round", new TemplateValue.Integer(250))]) } };
        if (problems.Count > 0)
        {
            throw new InvalidOperationException(string.Join('\n', problems.Sorted().Select(static problem => problem.Message)));
        }
    }

    [GlobalCleanup]
    public void Remove() => GivenFolder.Remove(path);

    [Benchmark(Description = "YAML to nodes with places, a job", OperationsPerInvoke = GivenFolder.Jobs)]
    public int ReadYaml() => ManifestReader.Read(text, problems).Count;

    [Benchmark(Description = "YAML to a flow's model, media known, a job", OperationsPerInvoke = GivenFolder.Jobs)]
    public int Load() => new FlowLoader(files).Load(path, inputs, problems).Count;

    [Benchmark(Description = "a template evaluated")]
    public TemplateResult? Evaluate() => template?.Evaluate(scope, problems);

    [Benchmark(Description = "plan, a job", OperationsPerInvoke = GivenFolder.Jobs)]
    public int? PlanJobs() => flow is null ? null : Planner.Plan(flow, new PlanInputs(), new DiagnosticBag()).Jobs.Count;
}
