using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Templating;
using YamlDotNet.Core;

namespace GmiKlingFlow.Core.Manifests.Yaml;

/// <summary>
/// Collects the members of one map: duplicate keys, keys that aren't text, and merge keys (<c>&lt;&lt;</c>): the map's own keys win,
/// among several merged maps the earlier one.
/// </summary>
internal sealed class MappingBuilder(ManifestText source, int start, DiagnosticBag diagnostics)
{
    private readonly MemberList written = new();
    private bool hasMerge;
    private bool isBroken;

    public void Add(ManifestNode key, ManifestNode value)
    {
        if (key is BrokenNode)
        {
            return;
        }

        if (key is ManifestMapping { Members: [{ Value: ManifestScalar { IsNull: true } }] } inner && IsDoubleBrace(inner))
        {
            var end = source.Text.IndexOf("}}", inner.Start, StringComparison.Ordinal);
            end = end < 0 ? inner.End : end + 2;
            diagnostics.Add(YamlDiagnostics.TemplateNeedsQuotes(new Place(source.Span(start, end), ""), source.Text[start..Math.Max(start, end)]));
            IsTemplate = true;
            return;
        }

        if (key is not ManifestScalar { Value.Length: > 0 } name || (name.IsNull && name.Style == ScalarStyle.Plain))
        {
            diagnostics.Add(YamlDiagnostics.KeyIsNotText(new Place(key.Span, ""), key is ManifestScalar { Value.Length: 0 } ? "empty" : key.Kind));
            return;
        }

        if (written.Find(name.Value) is { } first)
        {
            diagnostics.Add(YamlDiagnostics.DuplicateKey(new Place(name.Span, ""), name.Value, first.Key.Span));
            return;
        }

        hasMerge |= IsMerge(name);
        written.Add(new ManifestMember(name, value));
    }

    /// <summary>True when this "map" is really a template without its quotes.</summary>
    private bool IsTemplate { get; set; }

    public ManifestNode Build(int end)
    {
        if (IsTemplate)
        {
            return new BrokenNode(source, start, end);
        }

        var members = hasMerge ? Merged() : written;

        // What a broken merge would have brought is unknown: nothing may be missed in this map.
        return isBroken ? new BrokenNode(source, start, end) : new ManifestMapping(source, start, members, end);
    }

    private MemberList Merged()
    {
        var members = new MemberList();
        var taken = new HashSet<string>(written.Items.Select(m => m.Name), StringComparer.Ordinal);
        foreach (var member in written.Items)
        {
            if (!IsMerge(member.Key))
            {
                members.Add(member);
                continue;
            }

            var maps = member.Value is ManifestSequence list ? list.Items : [member.Value];
            foreach (var map in maps)
            {
                switch (map)
                {
                    case ManifestMapping merged:
                        foreach (var brought in merged.Members.Where(m => taken.Add(m.Name)))
                        {
                            members.Add(brought);
                        }

                        break;
                    case BrokenNode or ManifestScalar { Typed: TemplateValue.Null }:
                        break;
                    default:
                        isBroken = true;
                        diagnostics.Add(YamlDiagnostics.MergeNeedsMaps(new Place(map.Span, ""), map.Kind));
                        break;
                }
            }
        }

        return members;
    }

    private static bool IsMerge(ManifestScalar key) => key.Value == "<<" && key.Style == ScalarStyle.Plain;

    private bool IsDoubleBrace(ManifestMapping inner) =>
        source.Text[Math.Min(start, source.Text.Length - 1)] == '{' && inner.Start < source.Text.Length && source.Text[inner.Start] == '{';
}
