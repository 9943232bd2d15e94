using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests.Binding;
using GmiKlingFlow.Core.Manifests.Yaml;
using GmiKlingFlow.Core.Templating;

namespace GmiKlingFlow.Core.Manifests;

/// <summary>Puts <c>--var-file</c> and <c>--var</c> over a flow's <c>vars</c>: files first, in order, then single values, in order.</summary>
internal sealed class VarOverrides(ManifestFiles manifests, FlowInputs inputs, DiagnosticBag diagnostics)
{
    public TemplateValue.Map Apply(IReadOnlyList<KeyValuePair<string, TemplateValue>> vars)
    {
        var members = new List<KeyValuePair<string, TemplateValue>>(vars);
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, _) in members)
        {
            written.Add(name);
        }

        foreach (var file in inputs.VarFiles)
        {
            foreach (var (name, value) in FromFile(Path.GetFullPath(file, inputs.WorkingDirectory)))
            {
                WarnIfUnknown(name, written);
                Put(members, name, value);
            }
        }

        var map = new TemplateValue.Map(members);
        foreach (var single in inputs.Vars)
        {
            var path = single.Name.Split('.');
            if (Array.Exists(path, p => p.Length == 0))
            {
                diagnostics.Add(MeaningDiagnostics.BadVarOverride(single.Name, "its name is empty or has an empty part"));
            }
            else if (Parse(single) is { } value)
            {
                WarnIfUnknown(path[0], written);
                map = With(map, path, value, single) ?? map;
            }
        }

        return map;
    }

    private IEnumerable<KeyValuePair<string, TemplateValue>> FromFile(string path)
    {
        if (manifests.Read(path, null) is not [var document, ..])
        {
            return [];
        }

        if (document.Root is ManifestMapping map)
        {
            return map.Members.Select(m => KeyValuePair.Create(m.Name, TemplatedBinder.Plain(m.Value)));
        }

        diagnostics.Add(MeaningDiagnostics.VarFileIsNotAMap(new Place(document.Root.Span, ""), document.Root.Kind));
        return [];
    }

    /// <summary>As YAML reads a value on its own: quotes make text; brackets a list or map; the rest is a plain scalar as it stands.</summary>
    private TemplateValue? Parse(VarOverride single)
    {
        var text = single.Value.Trim();
        if (text is not ['"' or '\'' or '[' or '{', ..] || text.StartsWith("{{", StringComparison.Ordinal))
        {
            return CoreSchema.Resolve(text);
        }

        var problems = new DiagnosticBag();
        var documents = ManifestReader.Read(new ManifestText("--var", "", text), problems);
        if (problems.Count == 0 && documents is [var document])
        {
            return TemplatedBinder.Plain(document.Root);
        }

        diagnostics.Add(MeaningDiagnostics.BadVarOverride(single.Name, "its value opens a quote or bracket and is not valid YAML"));
        return null;
    }

    /// <returns>Null when a diagnostic was added.</returns>
    private TemplateValue.Map? With(TemplateValue.Map map, ReadOnlySpan<string> path, TemplateValue value, VarOverride single)
    {
        var name = path[0];
        if (path.Length > 1)
        {
            var inner = map.Members.FirstOrDefault(m => m.Key == name).Value;
            if (inner is not (null or TemplateValue.Null or TemplateValue.Map))
            {
                diagnostics.Add(MeaningDiagnostics.BadVarOverride(single.Name, $"\"{Quoted.Short(name)}\" is not a map"));
                return null;
            }

            if (With(inner as TemplateValue.Map ?? new TemplateValue.Map([]), path[1..], value, single) is not { } changed)
            {
                return null;
            }

            value = changed;
        }

        var members = map.Members.ToList();
        Put(members, name, value);
        return new TemplateValue.Map(members);
    }

    private static void Put(List<KeyValuePair<string, TemplateValue>> members, string name, TemplateValue value)
    {
        var at = members.FindIndex(m => m.Key == name);
        if (at >= 0)
        {
            members[at] = KeyValuePair.Create(name, value);
        }
        else
        {
            members.Add(KeyValuePair.Create(name, value));
        }
    }

    private void WarnIfUnknown(string name, HashSet<string> written)
    {
        if (!written.Contains(name))
        {
            diagnostics.Add(MeaningDiagnostics.VarNotInFlow(name, NearestName.Of(name, written)));
        }
    }
}
