using System.Text;

namespace GmiKlingFlow.Core.Templating.Functions;

/// <summary><c>array.*</c>, as in Scriban: each makes a new list and leaves the old one as it is.</summary>
internal static class ArrayFunctions
{
    private static readonly Parameter Items = Parameter.List("list");

    private static readonly Parameter Each = new("function", ParameterKind.Function);

    public static readonly Function[] All =
    [
        new("array", "add", a => a.Make([.. a.List(0) ?? [], a[1]]), Items, Parameter.Any("value")),
        new("array", "add_range", Concat, Items, Parameter.List("list2")),
        new("array", "compact", a => a.Make([.. (a.List(0) ?? []).Where(i => i is not TemplateValue.Null)]), Items),
        new("array", "concat", Concat, Items, Parameter.List("list2")),
        new("array", "contains", Contains, Items, Parameter.Any("item")) { GivesBoolean = true },
        new("array", "each", a => Select(a, static (_, made) => made), Items, Each),
        new("array", "filter", a => Select(a, static (item, made) => Truth.Of(made) ? item : null), Items, Each),
        new("array", "first", a => a.List(0) is [var first, ..] ? first : Arguments.Null, Items),
        new("array", "insert_at", InsertAt, Items, Parameter.Integer("index"), Parameter.Any("value")),
        new("array", "join", Join, Items, Parameter.Text("delimiter"), Each.OrNull()),
        new("array", "last", a => a.List(0) is [.., var last] ? last : Arguments.Null, Items),
        new("array", "limit", a => a.Make([.. (a.List(0) ?? []).Take(Bounded(a.Integer(1)))]), Items, Parameter.Integer("count")),
        new("array", "map", Map, Items, Parameter.Text("member")),
        new("array", "offset", a => a.Make([.. (a.List(0) ?? []).Skip(Bounded(a.Integer(1)))]), Items, Parameter.Integer("index")),
        new("array", "remove_at", RemoveAt, Items, Parameter.Integer("index")),
        new("array", "reverse", a => a.Make([.. (a.List(0) ?? []).Reverse()]), Items),
        new("array", "size", a => Arguments.Of(a.List(0)?.Count ?? 0), Items),
        new("array", "sort", Sort, Items, Parameter.Text("member").OrNull()),
        new("array", "uniq", Uniq, Items),
    ];

    private static int Bounded(long count) => (int)Math.Clamp(count, 0, int.MaxValue);

    private static TemplateValue? Concat(Arguments a) => (a.List(0), a.List(1)) switch
    {
        (null, null) => Arguments.Null,
        var (first, second) => a.Make([.. first ?? [], .. second ?? []]),
    };

    private static TemplateValue? Contains(Arguments a)
    {
        foreach (var item in a.List(0) ?? [])
        {
            if (!a.Spend(1))
            {
                return null;
            }

            if (ValueEquality.AreEqual(item, a[1]))
            {
                return Arguments.Of(true);
            }
        }

        return Arguments.Of(false);
    }

    private static TemplateValue? Select(Arguments a, Func<TemplateValue, TemplateValue, TemplateValue?> select)
    {
        if (a.List(0) is not { } items)
        {
            return Arguments.Null;
        }

        var selected = new List<TemplateValue>();
        foreach (var item in items)
        {
            if (a.CallArgument(1, item) is not { } made)
            {
                return null;
            }

            if (select(item, made) is { } kept)
            {
                selected.Add(kept);
            }
        }

        return a.Make(selected);
    }

    private static TemplateValue? InsertAt(Arguments a)
    {
        var items = a.List(0) ?? [];
        var index = Math.Max(a.Integer(1), 0);
        if (!a.MayMakeList(Math.Max(Math.Min(index, int.MaxValue), items.Count) + 1))
        {
            return null;
        }

        var made = new List<TemplateValue>(items);
        while (made.Count < index)
        {
            made.Add(Arguments.Null);
        }

        made.Insert((int)index, a[2]);
        return new TemplateValue.List(made);
    }

    private static TemplateValue? Join(Arguments a)
    {
        var text = new StringBuilder();
        var isFirst = true;
        foreach (var item in a.List(0) ?? [])
        {
            if (a.TextOf(item) is not { } written
                || a.CallArgument(2, new TemplateValue.Text(written)) is not { } made
                || a.TextOf(made) is not { } part
                || !a.MayAppend(text.Length, a.Text(1).Length + part.Length))
            {
                return null;
            }

            text.Append(isFirst ? "" : a.Text(1)).Append(part);
            isFirst = false;
        }

        return new TemplateValue.Text(text.ToString());
    }

    // What has no such member is left out.
    private static TemplateValue? Map(Arguments a) =>
        a.Make([.. (a.List(0) ?? []).Select(i => ValueMembers.Read(i, a.Text(1))).OfType<TemplateValue>()]);

    private static TemplateValue? RemoveAt(Arguments a)
    {
        var items = new List<TemplateValue>(a.List(0) ?? []);
        var index = a.Integer(1) < 0 ? a.Integer(1) + items.Count : a.Integer(1);
        if (index >= 0 && index < items.Count)
        {
            items.RemoveAt((int)index);
        }

        return a.Make(items);
    }

    private static TemplateValue? Sort(Arguments a)
    {
        var member = a.Text(1);
        var keyed = (a.List(0) ?? [])
            .Select(item => (Item: item, Key: member.Length == 0 ? item : ValueMembers.Read(item, member) ?? Arguments.Null))
            .ToList();
        var kinds = keyed.Select(k => ValueOrder.KindOf(k.Key)).Where(k => k != ValueOrder.NullKind).Distinct().ToList();
        if (kinds.Count > 1 || kinds.Contains(ValueOrder.NoOrder))
        {
            return a.Unfit(0, "a list of only numbers, only texts or only dates");
        }

        return a.Spend((long)keyed.Count * 20) ? a.Make([.. keyed.OrderBy(k => k.Key, ValueOrder.Instance).Select(k => k.Item)]) : null;
    }

    private static TemplateValue? Uniq(Arguments a)
    {
        var unique = new List<TemplateValue>();
        foreach (var item in a.List(0) ?? [])
        {
            if (!a.Spend(1 + unique.Count))
            {
                return null;
            }

            if (!unique.Exists(u => ValueEquality.AreEqual(u, item)))
            {
                unique.Add(item);
            }
        }

        return a.Make(unique);
    }
}
