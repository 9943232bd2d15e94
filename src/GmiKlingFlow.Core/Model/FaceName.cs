using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Model;

/// <summary>A person in a video under the flow's own name.</summary>
/// <param name="Name">The name, or the selector's own words where an entry gives a selector instead of a name.</param>
/// <param name="Selectors">At least one, but for what is left of an <see cref="UnbuiltJob"/>: none where a diagnostic tells why. With several (a person who leaves and comes back) the one that fits the entry's clip is used.</param>
public sealed record FaceName(string Name, IReadOnlyList<FaceSelector> Selectors, Place Place);
