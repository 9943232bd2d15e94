using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests.Expanding;
using GmiKlingFlow.Core.Manifests.Yaml;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Templating;

namespace GmiKlingFlow.Core.Manifests.Binding;

/// <summary>
/// Merges what a flow includes under it: vars, defaults, videos and audio, name by name and not deeper. A later include wins over an
/// earlier one, and the including file over all of them. Relative sources stay relative to the file that writes them.
/// </summary>
internal sealed class IncludeMerger(ManifestFiles manifests, IFlowFiles files, AllowedFolders allowed, DiagnosticBag diagnostics)
{
    private const int Deepest = 20;
    private const int MostFiles = 1000;

    private readonly Dictionary<string, FlowTemplate?> merged = new(StringComparer.Ordinal);

    public FlowTemplate Merge(FlowTemplate flow) => Merge(flow, [flow.Source.FullPath]);

    private FlowTemplate Merge(FlowTemplate flow, IReadOnlyList<string> chain) => flow.Includes.Count == 0 ? flow : Merged(flow, chain);

    private FlowTemplate Merged(FlowTemplate flow, IReadOnlyList<string> chain)
    {
        var included = flow.Includes.Select(include => Included(include, flow, chain)).ToList();
        if (included.Contains(null))
        {
            flow = flow with { Hidden = ["vars", "videos", "audio"] };
        }

        var layers = included.OfType<FlowTemplate>().Append(flow).ToList();
        return layers.Count == 1 ? flow : flow with
        {
            Hidden = [.. layers.SelectMany(l => l.Hidden).Distinct()],
            Vars = ByName(layers.SelectMany(l => l.Vars), v => v.Key),
            Videos = ByName(layers.SelectMany(l => l.Videos), v => v.Name),
            Audio = ByName(layers.SelectMany(l => l.Audio), a => a.Name),
            Defaults = layers.Select(l => l.Defaults).Aggregate((under, over) => over.Over(under)),
        };
    }

    private FlowTemplate? Included(Located<string> include, FlowTemplate from, IReadOnlyList<string> chain)
    {
        if (SourceUrl.SchemeOf(include.Value) is not null)
        {
            diagnostics.Add(YamlDiagnostics.FileUnreadable(include.Place, Quoted.Short(include.Value), "only local files can be included"));
            return null;
        }

        var path = Path.GetFullPath(include.Value, Path.GetDirectoryName(from.Source.FullPath) ?? "");
        var real = files.Resolve(path) switch
        {
            PathReading.File file => file.FullPath,
            PathReading.Directory directory => directory.FullPath,
            PathReading.Missing missing => missing.FullPath,
            _ => path,
        };
        if (!allowed.Hold(real))
        {
            diagnostics.Add(MeaningDiagnostics.SourceOutside(include.Place, include.Value));
            return null;
        }

        if (chain.Contains(real))
        {
            var circle = chain.SkipWhile(p => p != real).Append(real).Select(p => Path.GetFileName(p));
            diagnostics.Add(MeaningDiagnostics.IncludeCycle(include.Place, include.Value, string.Join(" → ", circle)));
            return null;
        }

        if (merged.TryGetValue(real, out var known))
        {
            return known;
        }

        if (chain.Count > Deepest || merged.Count >= MostFiles)
        {
            diagnostics.Add(MeaningDiagnostics.TooManyIncludes(include.Place, include.Value, MostFiles));
            return null;
        }

        var bound = Bound(real, include.Place);
        var result = bound is null ? null : Merge(bound, [.. chain, real]);
        merged[real] = result;
        return result;
    }

    private FlowTemplate? Bound(string path, Place askedFrom)
    {
        var documents = manifests.Read(path, askedFrom) ?? [];
        if (documents.Count == 0)
        {
            return null;
        }

        foreach (var further in documents.Skip(1))
        {
            diagnostics.Add(ShapeDiagnostics.WrongKind(new Place(further.Root.Span, ""), "included file", "one document", "another one"));
        }

        return new FlowBinder(diagnostics).Bind(documents[0], isInclude: true);
    }

    /// <summary>The last of each name, at the place of the first.</summary>
    private static List<T> ByName<T>(IEnumerable<T> items, Func<T, string> name)
    {
        var order = new List<string>();
        var last = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (!last.ContainsKey(name(item)))
            {
                order.Add(name(item));
            }

            last[name(item)] = item;
        }

        return [.. order.Select(n => last[n])];
    }
}
