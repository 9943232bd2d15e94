using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests.Yaml;

namespace GmiKlingFlow.Core.Manifests.Binding;

/// <summary>Face selectors (product 3.2): a map with exactly one key, or a list of such maps.</summary>
internal sealed class SelectorBinder(DiagnosticBag diagnostics)
{
    /// <returns>Null when a diagnostic was added.</returns>
    public IReadOnlyList<SelectorTemplate>? Selectors(ManifestNode node, string path)
    {
        if (node is not ManifestSequence list)
        {
            return Selector(node, path) is { } single ? [single] : null;
        }

        if (list.Items.Count == 0)
        {
            diagnostics.Add(ShapeDiagnostics.NothingListed(new Place(list.Span, path), "face", FlowShape.Selector));
        }

        var selectors = list.Items.Select((item, i) => Selector(item, $"{path}[{i}]")).OfType<SelectorTemplate>().ToList();
        return selectors.Count == list.Items.Count && selectors.Count > 0 ? selectors : null;
    }

    private SelectorTemplate? Selector(ManifestNode node, string path)
    {
        var place = new Place(node.Span, path);
        if (node is not ManifestMapping map)
        {
            if (node is not BrokenNode)
            {
                diagnostics.Add(ShapeDiagnostics.WrongKind(place, "face", "a selector such as { at: 4.2s }", node.Kind));
            }

            return null;
        }

        var reader = new MapReader(map, path, FlowShape.Selector, diagnostics);
        if (map.Members.Count != 1)
        {
            diagnostics.Add(ShapeDiagnostics.SelectorKeys(place, map.Members.Count));
            return null;
        }

        var key = map.Members[0].Name;
        if (reader.HasUnknownKeys)
        {
            return null;
        }

        if (reader.Scalar(key) is { } value)
        {
            return value is Templated.Broken ? null : new SelectorTemplate(key, value, value.Place);
        }

        reader.Missing(key, $"{key}: {SelectorExample(key)}");
        return null;
    }

    private static string SelectorExample(string key) => key switch
    {
        "id" => "\"0\"",
        "at" => "4.2s",
        "index" => "0",
        "overlaps" => "1s..4s",
        _ => "true",
    };
}
