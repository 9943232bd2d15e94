using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Manifests.Yaml;

/// <summary>One YAML value with the stretch of text that it stands in. An alias is the very node of its anchor.</summary>
internal abstract class ManifestNode(ManifestText source, int start, int end)
{
    public ManifestText Source { get; } = source;

    /// <summary>Offset of its first character in the text.</summary>
    public int Start { get; } = start;

    /// <summary>Offset behind its last character.</summary>
    public int End { get; protected set; } = end;

    public SourceSpan Span => Source.Span(Start, End);

    /// <summary>How many levels of values it has, itself included.</summary>
    public virtual int Height => 1;

    /// <summary>How many values it stands for when every alias is written out.</summary>
    public virtual long ExpandedCount => 1;

    /// <summary>In words for messages: <c>a list</c>.</summary>
    public abstract string Kind { get; }
}

/// <summary>A list or a map: as high as its highest value and one level more.</summary>
internal abstract class ManifestCollection(ManifestText source, int start, int end) : ManifestNode(source, start, end)
{
    private int height = 1;
    private long expandedCount = 1;

    public override int Height => height;

    public override long ExpandedCount => expandedCount;

    protected void Measure(ManifestNode value, int keys)
    {
        height = Math.Max(height, 1 + value.Height);
        expandedCount += keys + value.ExpandedCount;
    }
}

internal sealed class ManifestSequence : ManifestCollection
{
    public ManifestSequence(ManifestText source, int start, IReadOnlyList<ManifestNode> items, int end)
        : base(source, start, end)
    {
        Items = items;
        for (var i = 0; i < items.Count; i++)
        {
            Measure(items[i], keys: 0);
        }
    }

    public IReadOnlyList<ManifestNode> Items { get; }

    public override string Kind => "a list";
}

/// <param name="Key">Always text, whatever it looks like.</param>
internal sealed record ManifestMember(ManifestScalar Key, ManifestNode Value)
{
    public string Name => Key.Value;
}

internal sealed class ManifestMapping : ManifestCollection
{
    private readonly MemberList members;

    public ManifestMapping(ManifestText source, int start, MemberList members, int end)
        : base(source, start, end)
    {
        this.members = members;
        for (var i = 0; i < members.Items.Count; i++)
        {
            Measure(members.Items[i].Value, keys: 1);
        }
    }

    /// <summary>With merge keys resolved: what <c>&lt;&lt;</c> brings stands where it is written.</summary>
    public IReadOnlyList<ManifestMember> Members => members.Items;

    public override string Kind => "a map";

    public ManifestMember? Find(string name) => members.Find(name);
}
