using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Templating;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GmiKlingFlow.Core.Manifests.Yaml;

/// <summary>The parser's events to nodes: anchors, aliases, tags, and the bounds that keep hostile documents small.</summary>
internal sealed class NodeComposer(IParser parser, ManifestText source, DiagnosticBag diagnostics)
{
    /// <summary>Levels of values, aliases written out.</summary>
    public const int DeepestNesting = 100;

    /// <summary>Values of one document, aliases written out, beyond those that are really written.</summary>
    public const long MostAliasedValues = 1_000_000;

    private readonly Dictionary<string, ManifestNode> anchors = new(StringComparer.Ordinal);
    private NearestNames? anchorNames;
    private readonly HashSet<string> openAnchors = new(StringComparer.Ordinal);
    private long aliasedValues;

    /// <summary>How far the text has been understood.</summary>
    public int LastOffset { get; private set; }

    /// <returns>Null when a bound is passed: then nothing more of the text is read.</returns>
    public ManifestNode? ComposeRoot()
    {
        anchors.Clear();
        openAnchors.Clear();
        aliasedValues = 0;
        return Compose(depth: 1);
    }

    private ManifestNode? Compose(int depth)
    {
        var current = parser.Current;
        var start = Offset(current?.Start);
        LastOffset = Offset(current?.End);
        if (depth > DeepestNesting)
        {
            diagnostics.Add(YamlDiagnostics.TooDeep(PlaceOf(start, start + 1), DeepestNesting));
            return null;
        }

        switch (current)
        {
            case AnchorAlias alias:
                parser.MoveNext();
                return Aliased(alias, depth);
            case Scalar scalar:
                var composed = ScalarOf(scalar);
                parser.MoveNext();
                Remember(scalar, composed);
                return composed;
            case SequenceStart sequence:
                Open(sequence);
                return Closed(sequence, SequenceOf(sequence, depth));
            case MappingStart mapping:
                Open(mapping);
                return Closed(mapping, MappingOf(mapping, depth));
            default:
                return new ManifestScalar(source, start, start, "", ScalarStyle.Plain, isText: false);
        }
    }

    private void Open(NodeEvent opening)
    {
        CheckTag(opening);
        if (!opening.Anchor.IsEmpty)
        {
            openAnchors.Add(opening.Anchor.Value);
        }

        parser.MoveNext();
    }

    private ManifestNode? Closed(NodeEvent opening, ManifestNode? node)
    {
        if (!opening.Anchor.IsEmpty)
        {
            openAnchors.Remove(opening.Anchor.Value);
        }

        if (node is not null)
        {
            Remember(opening, node);
        }

        return node;
    }

    private ManifestSequence? SequenceOf(SequenceStart opening, int depth)
    {
        var items = new List<ManifestNode>();
        while (parser.Current is not SequenceEnd)
        {
            if (Compose(depth + 1) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        return new ManifestSequence(source, Offset(opening.Start), items, Close(Offset(opening.Start), items.Count == 0 ? null : items[^1]));
    }

    private ManifestNode? MappingOf(MappingStart opening, int depth)
    {
        var builder = new MappingBuilder(source, Offset(opening.Start), diagnostics);
        ManifestNode? value = null;
        while (parser.Current is not MappingEnd)
        {
            if (Compose(depth + 1) is not { } key || (value = Compose(depth + 1)) is null)
            {
                return null;
            }

            builder.Add(key, value);
        }

        return builder.Build(Close(Offset(opening.Start), value));
    }

    /// <summary>Moves behind a collection.</summary>
    /// <returns>Its end: behind its bracket, or behind its last value where it has none.</returns>
    private int Close(int opened, ManifestNode? last)
    {
        var (start, end) = (Offset(parser.Current?.Start), Offset(parser.Current?.End));
        parser.MoveNext();
        if (start < source.Text.Length && source.Text[start] is ']' or '}')
        {
            return start + 1;
        }

        // The last value of an aliased collection stands elsewhere.
        return last is not null && last.End >= opened && last.End <= end
            ? last.End
            : opened + source.Text.AsSpan(opened, Math.Max(0, end - opened)).TrimEnd().Length;
    }

    private ManifestNode? Aliased(AnchorAlias alias, int depth)
    {
        var (name, place) = (alias.Value.Value, PlaceOf(Offset(alias.Start), Offset(alias.End)));
        if (openAnchors.Contains(name))
        {
            diagnostics.Add(YamlDiagnostics.SelfReferringAlias(place, name));
        }
        else if (!anchors.TryGetValue(name, out var node))
        {
            diagnostics.Add(YamlDiagnostics.UnknownAlias(place, name, (anchorNames ??= new NearestNames(anchors.Keys)).Of(name)));
        }
        else if (depth + node.Height - 1 > DeepestNesting)
        {
            diagnostics.Add(YamlDiagnostics.TooDeep(place, DeepestNesting));
            return null;
        }
        else if ((aliasedValues += node.ExpandedCount) > MostAliasedValues)
        {
            diagnostics.Add(YamlDiagnostics.TooManyAliases(place, MostAliasedValues));
            return null;
        }
        else
        {
            return node;
        }

        return new BrokenNode(source, Offset(alias.Start), Offset(alias.End));
    }

    private ManifestNode ScalarOf(Scalar scalar)
    {
        CheckTag(scalar);
        var end = TrimmedEnd(scalar);
        var start = ScalarProperties.Skip(source.Text, Offset(scalar.Start), end);
        var tag = scalar.Tag.IsEmpty ? null : scalar.Tag.Value;
        var isText = scalar.Style != ScalarStyle.Plain || tag is "!" or CoreTags.Text;
        var composed = new ManifestScalar(source, start, Math.Max(start, end), scalar.Value, scalar.Style, isText);
        if (tag is null or "!" or CoreTags.Text || !CoreTags.All.Contains(tag))
        {
            return composed;
        }

        var plain = new ManifestScalar(source, start, Math.Max(start, end), scalar.Value, scalar.Style, isText: false);
        if (!CoreTags.Fits(tag, plain.Typed))
        {
            diagnostics.Add(YamlDiagnostics.TagDoesNotFit(PlaceOf(start, end), CoreTags.Shown(tag), scalar.Value));
        }

        return plain;
    }

    // YamlDotNet counts the break behind an empty tagged scalar as part of it, and lets some of these end before they start.
    private int TrimmedEnd(Scalar scalar)
    {
        var start = Offset(scalar.Start);
        var end = Math.Max(start, Offset(scalar.End));
        return scalar.Style == ScalarStyle.Plain ? start + source.Text.AsSpan(start, end - start).TrimEnd().Length : end;
    }

    private void CheckTag(NodeEvent node)
    {
        if (node.Tag.IsEmpty || node.Tag.Value == "!")
        {
            return;
        }

        var fits = node is Scalar ? CoreTags.All.Contains(node.Tag.Value) : node.Tag.Value == (node is SequenceStart ? CoreTags.Sequence : CoreTags.Map);
        if (!fits)
        {
            var start = Offset(node.Start);
            diagnostics.Add(YamlDiagnostics.UnknownTag(PlaceOf(start, Math.Max(start, Offset(node.End))), CoreTags.Shown(node.Tag.Value)));
        }
    }

    private void Remember(NodeEvent opening, ManifestNode node)
    {
        if (!opening.Anchor.IsEmpty)
        {
            anchors[opening.Anchor.Value] = node;
        }
    }

    private int Offset(Mark? mark) => (int)Math.Clamp(mark?.Index ?? LastOffset, 0, source.Text.Length);

    private Place PlaceOf(int start, int end) => new(source.Span(start, end), "");
}
