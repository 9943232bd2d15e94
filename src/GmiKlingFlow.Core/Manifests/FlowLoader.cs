using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests.Binding;
using GmiKlingFlow.Core.Manifests.Expanding;
using GmiKlingFlow.Core.Manifests.Yaml;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Templating;

namespace GmiKlingFlow.Core.Manifests;

/// <summary>The way from a file to its flows: text, YAML with places, shape, includes, variables, expansion (house style, lines 1 to 4).</summary>
public sealed class FlowLoader(IFlowFiles files)
{
    /// <summary>
    /// Loads every flow of a file: each YAML document is one. All problems are added to <paramref name="diagnostics"/>, and what can be
    /// built in spite of them is returned.
    /// </summary>
    /// <param name="path">Absolute, or relative to the working directory of <paramref name="inputs"/>.</param>
    public IReadOnlyList<Flow> Load(string path, FlowInputs inputs, DiagnosticBag diagnostics)
    {
        var fullPath = Path.GetFullPath(path, inputs.WorkingDirectory);
        var manifests = new ManifestFiles(files, inputs.WorkingDirectory, diagnostics);
        var allowed = new AllowedFolders(files, Path.GetDirectoryName(fullPath) ?? fullPath, inputs);
        var merger = new IncludeMerger(manifests, files, allowed, diagnostics);
        var bound = Bind(fullPath, manifests, merger, inputs, diagnostics);

        // Its text and templates are all that is needed from here on: of a large flow the nodes are a third of everything.
        manifests.Forget();
        var flows = new List<Flow>(bound.Count);
        foreach (var flow in bound)
        {
            flows.Add(new FlowExpander(files, allowed, manifests, diagnostics).Expand(flow.Template, flow.Vars, flow.Env, inputs.MultiFace));
        }

        var read = manifests.Inputs(KindOf);
        return read.Count == 0 ? flows : [.. flows.Select(flow => flow with { Inputs = read })];

        FlowInputKind KindOf(string file) => file == fullPath ? FlowInputKind.Flow
            : inputs.VarFiles.Any(given => Path.GetFullPath(given, inputs.WorkingDirectory) == file) ? FlowInputKind.VarFile
            : FlowInputKind.Include;
    }

    private static List<BoundFlow> Bind(string path, ManifestFiles manifests, IncludeMerger merger, FlowInputs inputs, DiagnosticBag diagnostics)
    {
        var (flows, names) = (new List<BoundFlow>(), new Dictionary<string, Place>(StringComparer.Ordinal));
        foreach (var document in manifests.Read(path, null) ?? [])
        {
            if (new FlowBinder(diagnostics).Bind(document, isInclude: false) is not { } bound)
            {
                continue;
            }

            if (bound.Name is { } name && !names.TryAdd(name.Value, name.Place))
            {
                diagnostics.Add(MeaningDiagnostics.DuplicateFlowName(name.Place, name.Value, names[name.Value].Span));
            }

            var template = merger.Merge(bound);
            var errors = Errors(diagnostics);
            var vars = new VarOverrides(manifests, inputs, diagnostics).Apply(template.Vars);
            if (Errors(diagnostics) > errors || template.Hidden.Contains("vars"))
            {
                vars = Scopes.Lost;
            }

            var env = EnvironmentOf(template, inputs, diagnostics);
            flows.Add(new BoundFlow(template, vars, template.Hidden.Contains("env") ? Scopes.Lost : env));
        }

        return flows;
    }

    private static int Errors(DiagnosticBag diagnostics) => diagnostics.HasErrors ? diagnostics.Count(static found => found.Severity == Severity.Error) : 0;

    private static TemplateValue.Map EnvironmentOf(FlowTemplate template, FlowInputs inputs, DiagnosticBag diagnostics)
    {
        var members = new List<KeyValuePair<string, TemplateValue>>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in template.Env)
        {
            if (!seen.Add(name.Value))
            {
                continue;
            }

            var value = inputs.Environment(name.Value);
            if (value is null && !EnvironmentUse.HasDefaults(template.Source.Text, name.Value))
            {
                diagnostics.Add(MeaningDiagnostics.EnvironmentNotSet(name.Place, name.Value));
            }

            members.Add(KeyValuePair.Create<string, TemplateValue>(name.Value, value is null ? TemplateValue.Null.Instance : new TemplateValue.Text(value)));
        }

        return new TemplateValue.Map(members);
    }

    /// <summary>A flow with its shape checked and its includes merged, nothing evaluated.</summary>
    private sealed record BoundFlow(FlowTemplate Template, TemplateValue.Map Vars, TemplateValue.Map Env);
}
