using GmiKlingFlow.Core.Templating;

namespace GmiKlingFlow.Core.Manifests.Expanding;

/// <summary>The combinations of a matrix. A row's own values are never changed by <c>include</c>; what it added may be.</summary>
internal sealed class MatrixRows
{
    private readonly IReadOnlyList<MatrixAxis> axes;
    private readonly List<Row> rows;

    public MatrixRows(IReadOnlyList<MatrixAxis> axes, int combinations)
    {
        this.axes = axes;
        rows = [.. Enumerable.Range(0, combinations).Select(i => new Row(Combination(i)))];
    }

    public void Exclude(IReadOnlyList<TemplateValue.Map> excludes)
    {
        foreach (var wanted in excludes.Select(ByAxis))
        {
            rows.RemoveAll(row => wanted.TrueForAll(w => MatrixEquality.AreEqual(row.Own[w.Axis], w.Value)));
        }
    }

    public void Include(IReadOnlyList<TemplateValue.Map> includes)
    {
        // Rows made by an earlier include are not added to by a later one, as in GitHub Actions.
        var combinations = rows.Count;
        foreach (var include in includes)
        {
            var conditions = ByAxis(include);
            var extra = include.Members.Where(m => IndexOf(m.Key) < 0).ToList();
            var isUsed = false;
            for (var i = 0; i < combinations; i++)
            {
                if (conditions.TrueForAll(c => MatrixEquality.AreEqual(rows[i].Own[c.Axis], c.Value)))
                {
                    rows[i].Add(extra);
                    isUsed = true;
                }
            }

            if (!isUsed)
            {
                rows.Add(new Row([], include.Members));
            }
        }
    }

    public IReadOnlyList<TemplateValue.Map> ToMaps() => [.. rows.Select(row => new TemplateValue.Map(MembersOf(row)))];

    private TemplateValue[] Combination(int number)
    {
        var own = new TemplateValue[axes.Count];
        for (var axis = axes.Count - 1; axis >= 0; axis--)
        {
            own[axis] = axes[axis].Values[number % axes[axis].Values.Count];
            number /= axes[axis].Values.Count;
        }

        return own;
    }

    private List<(int Axis, TemplateValue Value)> ByAxis(TemplateValue.Map map) =>
        [.. map.Members.Select(m => (IndexOf(m.Key), m.Value)).Where(m => m.Item1 >= 0)];

    private int IndexOf(string name)
    {
        for (var i = 0; i < axes.Count; i++)
        {
            if (axes[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    private KeyValuePair<string, TemplateValue>[] MembersOf(Row row)
    {
        var members = new List<KeyValuePair<string, TemplateValue>>(row.Own.Length + row.Extra.Count);
        for (var i = 0; i < row.Own.Length; i++)
        {
            members.Add(KeyValuePair.Create(axes[i].Name, row.Own[i]));
        }

        members.AddRange(row.Extra);
        return [.. members];
    }

    private sealed class Row(TemplateValue[] own, IEnumerable<KeyValuePair<string, TemplateValue>>? extra = null)
    {
        public TemplateValue[] Own { get; } = own;

        public List<KeyValuePair<string, TemplateValue>> Extra { get; } = extra is null ? [] : [.. extra];

        public void Add(List<KeyValuePair<string, TemplateValue>> members)
        {
            foreach (var member in members)
            {
                var at = Extra.FindIndex(e => e.Key == member.Key);
                if (at >= 0)
                {
                    Extra[at] = member;
                }
                else
                {
                    Extra.Add(member);
                }
            }
        }
    }
}
