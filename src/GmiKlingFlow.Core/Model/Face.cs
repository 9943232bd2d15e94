using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Core.Model;

/// <summary>A person found by <c>kling-identify-face</c>.</summary>
/// <param name="Id">As returned: a string such as <c>"0"</c>.</param>
/// <param name="Visible">When the face can be synced. Its end may lie some milliseconds past the true one (api-contract 4.2).</param>
/// <param name="ImageUrl">A crop of the face; null when the service gave none.</param>
public sealed record Face(string Id, TimeRange Visible, string? ImageUrl);
