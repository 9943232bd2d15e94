using System.Globalization;
using System.Text;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Core.Planning.Choosing;

/// <summary>One canonical text per choice of a face, whatever the flow calls it.</summary>
public static class SelectorText
{
    internal static string Of(FaceName face)
    {
        if (face.Selectors.Count == 1)
        {
            return Of(face.Selectors[0]);
        }

        var text = new StringBuilder();
        foreach (var selector in face.Selectors)
        {
            text.Append(text.Length == 0 ? "" : " | ").Append(Of(selector));
        }

        return text.ToString();
    }

    /// <returns>As in <c>id: "0"</c> or <c>at: 4200ms</c>.</returns>
    public static string Of(FaceSelector selector) => selector switch
    {
        FaceSelector.ById byId => $"id: \"{byId.Id.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
        FaceSelector.Only => "only: true",
        FaceSelector.Longest => "longest: true",
        FaceSelector.At at => string.Create(CultureInfo.InvariantCulture, $"at: {Milliseconds.Of(at.Moment)}ms"),
        FaceSelector.ByIndex byIndex => string.Create(CultureInfo.InvariantCulture, $"index: {byIndex.Index}"),
        FaceSelector.Overlaps overlaps => string.Create(CultureInfo.InvariantCulture,
            $"overlaps: {Milliseconds.Of(overlaps.Range.Start)}ms..{Milliseconds.Of(overlaps.Range.End)}ms"),
        _ => throw new ArgumentOutOfRangeException(nameof(selector), selector, "An unknown selector."),
    };
}
