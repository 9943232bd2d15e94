using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests.Yaml;
using GmiKlingFlow.Core.Templating;

namespace GmiKlingFlow.Core.Manifests.Binding;

/// <summary>YAML values to values with their templates parsed.</summary>
internal static class TemplatedBinder
{
    public static Templated Bind(ManifestNode node, string path, DiagnosticBag diagnostics)
    {
        var place = new Place(node.Span, path);
        switch (node)
        {
            case ManifestScalar { Typed: TemplateValue.Text } scalar when Template.MayBeOne(scalar.Value):
                return Parsed(scalar, place, diagnostics);
            case ManifestScalar scalar:
                return new Templated.Fixed(scalar.Typed, scalar.Value, place, node.Source);
            case ManifestSequence list:
                return Bind(list, place, diagnostics);
            case ManifestMapping map:
                return Bind(map, place, diagnostics);
            default:
                return new Templated.Broken(place, node.Source);
        }
    }

    /// <summary>Values as they are, with nothing evaluated in them: what <c>vars</c> holds.</summary>
    public static TemplateValue Plain(ManifestNode node) => node switch
    {
        ManifestScalar scalar => scalar.Typed,
        ManifestSequence list => new TemplateValue.List([.. list.Items.Select(Plain)]),
        ManifestMapping map => new TemplateValue.Map([.. map.Members.Select(m => KeyValuePair.Create(m.Name, Plain(m.Value)))]),
        _ => TemplateValue.Null.Instance,
    };

    private static Templated Bind(ManifestSequence list, Place place, DiagnosticBag diagnostics)
    {
        var items = list.Items.Select((item, i) => Bind(item, $"{place.Path}[{i}]", diagnostics)).ToList();
        return items.TrueForAll(i => i.Constant is not null)
            ? new Templated.Fixed(new TemplateValue.List([.. items.Select(i => i.Constant ?? TemplateValue.Null.Instance)]), null, place, list.Source)
            : new Templated.List(items, place, list.Source);
    }

    private static Templated Bind(ManifestMapping map, Place place, DiagnosticBag diagnostics)
    {
        var members = map.Members.Select(m => KeyValuePair.Create(m.Name, Bind(m.Value, $"{place.Path}.{m.Name}", diagnostics))).ToList();
        return members.TrueForAll(m => m.Value.Constant is not null)
            ? new Templated.Fixed(new TemplateValue.Map([.. members.Select(m => KeyValuePair.Create(m.Key, m.Value.Constant ?? TemplateValue.Null.Instance))]), null, place, map.Source)
            : new Templated.Map(members, place, map.Source);
    }

    private static Templated Parsed(ManifestScalar scalar, Place place, DiagnosticBag diagnostics)
    {
        var template = Template.Parse(scalar.Value, (offset, length) => place with { Span = scalar.SpanAt(offset, length) }, diagnostics);
        return template switch
        {
            null => new Templated.Broken(place, scalar.Source),
            { IsPlain: true } => new Templated.Fixed(scalar.Typed, scalar.Value, place, scalar.Source),
            _ => new Templated.Computed(template, scalar.Value, place, scalar.Source),
        };
    }
}
