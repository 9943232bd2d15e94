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
        if (excludes.Count == 0)
        {
            return;
        }

        var index = Index();
        var excluded = new HashSet<Row>(ReferenceEqualityComparer.Instance);
        foreach (var wanted in excludes.Select(ByAxis))
        {
            excluded.UnionWith(index.Find(wanted).Select(position => rows[position]));
        }

        rows.RemoveAll(excluded.Contains);
    }

    public void Include(IReadOnlyList<TemplateValue.Map> includes)
    {
        if (includes.Count == 0)
        {
            return;
        }

        // Rows made by an earlier include are not added to by a later one, as in GitHub Actions.
        var index = Index();
        foreach (var include in includes)
        {
            var extra = include.Members.Where(m => IndexOf(m.Key) < 0).ToList();
            var fitting = index.Find(ByAxis(include));
            foreach (var position in fitting)
            {
                rows[position].Add(extra);
            }

            if (fitting.Count == 0)
            {
                rows.Add(new Row([], include.Members));
            }
        }
    }

    public IReadOnlyList<TemplateValue.Map> ToMaps() => [.. rows.Select(row => new TemplateValue.Map(MembersOf(row)))];

    private MatrixIndex Index() => new([.. rows.Select(static row => row.Own)]);

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
