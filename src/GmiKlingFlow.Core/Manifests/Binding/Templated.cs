using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests.Yaml;
using GmiKlingFlow.Core.Templating;

namespace GmiKlingFlow.Core.Manifests.Binding;

/// <summary>A value of the flow that may hold templates, parsed and not evaluated.</summary>
/// <param name="Source">The text it was written in: relative paths start from its folder.</param>
internal abstract record Templated(Place Place, ManifestText Source)
{
    /// <summary>What it is without evaluating anything; null when only evaluation tells.</summary>
    public virtual TemplateValue? Constant => null;

    /// <param name="Written">A scalar's own text: <c>007</c> where the value is 7. Null for lists and maps.</param>
    internal sealed record Fixed(TemplateValue Value, string? Written, Place Place, ManifestText Source) : Templated(Place, Source)
    {
        public override TemplateValue Constant => Value;
    }

    internal sealed record Computed(Template Template, string Written, Place Place, ManifestText Source) : Templated(Place, Source);

    internal sealed record List(IReadOnlyList<Templated> Items, Place Place, ManifestText Source) : Templated(Place, Source);

    internal sealed record Map(IReadOnlyList<KeyValuePair<string, Templated>> Members, Place Place, ManifestText Source) : Templated(Place, Source);

    /// <summary>A diagnostic has been added; evaluating it fails in silence.</summary>
    internal sealed record Broken(Place Place, ManifestText Source) : Templated(Place, Source);
}
