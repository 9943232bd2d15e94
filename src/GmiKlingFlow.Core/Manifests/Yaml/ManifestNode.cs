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
    public int Height { get; protected set; } = 1;

    /// <summary>How many values it stands for when every alias is written out.</summary>
    public long ExpandedCount { get; protected set; } = 1;

    /// <summary>In words for messages: <c>a list</c>.</summary>
    public abstract string Kind { get; }
}

internal sealed class ManifestSequence(ManifestText source, int start, IReadOnlyList<ManifestNode> items, int end)
    : ManifestNode(source, start, end)
{
    public IReadOnlyList<ManifestNode> Items { get; } = items;

    public override string Kind => "a list";

    public ManifestSequence Measured()
    {
        foreach (var item in Items)
        {
            Height = Math.Max(Height, 1 + item.Height);
            ExpandedCount += item.ExpandedCount;
        }

        return this;
    }
}

/// <param name="Key">Always text, whatever it looks like.</param>
internal sealed record ManifestMember(ManifestScalar Key, ManifestNode Value)
{
    public string Name => Key.Value;
}

internal sealed class ManifestMapping(ManifestText source, int start, IReadOnlyList<ManifestMember> members, int end)
    : ManifestNode(source, start, end)
{
    private Dictionary<string, ManifestMember>? byName;

    /// <summary>With merge keys resolved: what <c>&lt;&lt;</c> brings stands where it is written.</summary>
    public IReadOnlyList<ManifestMember> Members { get; } = members;

    public override string Kind => "a map";

    public ManifestMember? Find(string name)
    {
        byName ??= Members.ToDictionary(m => m.Name, StringComparer.Ordinal);
        return byName.GetValueOrDefault(name);
    }

    public ManifestMapping Measured()
    {
        foreach (var member in Members)
        {
            Height = Math.Max(Height, 1 + member.Value.Height);
            ExpandedCount += 1 + member.Value.ExpandedCount;
        }

        return this;
    }
}
