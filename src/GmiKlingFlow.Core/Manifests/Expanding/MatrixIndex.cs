using GmiKlingFlow.Core.Templating;

namespace GmiKlingFlow.Core.Manifests.Expanding;

/// <summary>
/// Finds the combinations of a matrix by some of their values without looking at each: a table of ten thousand <c>include</c> rows beside an axis of ten
/// thousand values is a hundred million pairs.
/// </summary>
/// <param name="rows">The axes' values of each combination.</param>
internal sealed class MatrixIndex(IReadOnlyList<TemplateValue[]> rows)
{
    private readonly Dictionary<string, Dictionary<TemplateValue, List<int>>> byAxes = new(StringComparer.Ordinal);

    /// <param name="wanted">An axis and its value each; none finds all.</param>
    /// <returns>Positions in ascending order.</returns>
    public IReadOnlyList<int> Find(IReadOnlyList<(int Axis, TemplateValue Value)> wanted)
    {
        var axes = string.Join(',', wanted.Select(static each => each.Axis));
        if (!byAxes.TryGetValue(axes, out var index))
        {
            byAxes.Add(axes, index = IndexOf([.. wanted.Select(static each => each.Axis)]));
        }

        return index.TryGetValue(new TemplateValue.List([.. wanted.Select(static each => each.Value)]), out var found) ? found : [];
    }

    private Dictionary<TemplateValue, List<int>> IndexOf(int[] axes)
    {
        var index = new Dictionary<TemplateValue, List<int>>(MatrixEquality.Instance);
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            var key = new TemplateValue.List([.. axes.Select(axis => row[axis])]);
            if (!index.TryGetValue(key, out var there))
            {
                index.Add(key, there = []);
            }

            there.Add(i);
        }

        return index;
    }
}
