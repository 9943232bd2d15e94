using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests.Yaml;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Templating;

namespace GmiKlingFlow.Core.Manifests.Binding;

/// <summary>YAML document to the typed shape of a flow. Tells every problem of the shape, and goes on with what is sound.</summary>
internal sealed class FlowBinder(DiagnosticBag diagnostics)
{
    private static readonly string[] MayHide = ["vars", "videos", "audio"];

    /// <returns>Null when the document is not a flow at all.</returns>
    public FlowTemplate? Bind(ManifestDocument document, bool isInclude)
    {
        var shape = isInclude ? FlowShape.Include : FlowShape.Flow;
        if (document.Root is not ManifestMapping root)
        {
            if (document.Root is not BrokenNode)
            {
                diagnostics.Add(ShapeDiagnostics.WrongKind(new Place(document.Root.Span, ""), shape, "a map", document.Root.Kind));
            }

            return null;
        }

        var reader = new MapReader(root, "", shape, diagnostics, allowExtensions: true);
        if (!HeadIsRight(reader, isInclude))
        {
            return null;
        }

        var sources = new SourceBinder(diagnostics);
        var videos = sources.Videos(reader);
        var audio = sources.Audio(reader);
        var environmentIsRight = true;
        return new FlowTemplate(
            document.Source,
            reader.FirstLine(),
            isInclude ? null : NameOf(reader),
            Texts(reader, "include"),
            VarsOf(reader),
            isInclude ? [] : EnvironmentOf(reader, out environmentIsRight),
            new EntryBinder(diagnostics).Defaults(reader),
            videos,
            audio,
            isInclude ? [] : new JobBinder(diagnostics).Jobs(reader),
            isInclude ? new RunSettings() : new RunBinder(diagnostics).Bind(reader))
        {
            Hidden = Hidden(reader, environmentIsRight),
        };
    }

    private static List<string> Hidden(MapReader reader, bool environmentIsRight)
    {
        var hidden = new List<string>();
        foreach (var part in MayHide)
        {
            if (reader.Hides(part))
            {
                hidden.Add(part);
            }
        }

        if (!environmentIsRight)
        {
            hidden.Add("env");
        }

        return hidden;
    }

    private bool HeadIsRight(MapReader reader, bool isInclude)
    {
        var version = reader.Plain("apiVersion");
        var kind = reader.Plain("kind");
        if (version is null && !isInclude && reader.Node("apiVersion") is null)
        {
            reader.Missing("apiVersion", $"apiVersion: {FlowVersion.ApiVersion}");
        }

        if (kind is null && !isInclude && reader.Node("kind") is null)
        {
            reader.Missing("kind", $"kind: {FlowVersion.Kind}");
        }

        if (kind is not null && kind.Value != FlowVersion.Kind)
        {
            diagnostics.Add(ShapeDiagnostics.UnknownKindOfDocument(new Place(kind.Span, "kind"), kind.Value));
            return false;
        }

        if (version is not null && version.Value != FlowVersion.ApiVersion)
        {
            diagnostics.Add(ShapeDiagnostics.UnknownApiVersion(new Place(version.Span, "apiVersion"), version.Value));
            return false;
        }

        return true;
    }

    private Located<string>? NameOf(MapReader reader)
    {
        if (reader.Plain("name") is not { } name)
        {
            reader.Missing("name", "name: my-flow");
            return null;
        }

        var place = new Place(name.Span, "name");
        if (!IsFlowName(name.Value))
        {
            diagnostics.Add(ShapeDiagnostics.BadFlowName(place, name.Value));
        }
        else if (OutputPath.SegmentProblem(name.Value) is not null)
        {
            // con, nul ...: the name is the output folder's.
            diagnostics.Add(ShapeDiagnostics.BadFlowName(place, name.Value));
        }

        return new Located<string>(name.Value, place);
    }

    private List<Located<string>> Texts(MapReader reader, string key)
    {
        var texts = new List<Located<string>>();
        var items = reader.List(key)?.Items ?? [];
        for (var i = 0; i < items.Count; i++)
        {
            var node = items[i];
            var place = new Place(node.Span, $"{key}[{i}]");
            if (node is ManifestScalar { Typed: TemplateValue.Text, Value.Length: > 0 } text)
            {
                WarnOfTemplate(text, place, key);
                texts.Add(new Located<string>(text.Value, place));
            }
            else if (node is not BrokenNode)
            {
                diagnostics.Add(ShapeDiagnostics.WrongKind(place, key, "a list of text", node is ManifestScalar { Typed: TemplateValue.Text } ? "an empty text in it" : $"{node.Kind} in it"));
            }
        }

        return texts;
    }

    private List<Located<string>> EnvironmentOf(MapReader reader, out bool isRight)
    {
        var listed = (reader.Node("env") as ManifestSequence)?.Items.Count ?? 0;
        var names = new List<Located<string>>();
        foreach (var name in Texts(reader, "env"))
        {
            if (!IsEnvironmentName(name.Value))
            {
                diagnostics.Add(ShapeDiagnostics.BadEnvironmentName(name.Place, name.Value));
            }
            else if (name.Value.StartsWith("GMI_", StringComparison.OrdinalIgnoreCase))
            {
                // A flow must not carry the key away in a URL (product 3: a flow can name neither address nor key).
                diagnostics.Add(MeaningDiagnostics.EnvironmentIsSecret(name.Place, name.Value));
            }
            else
            {
                names.Add(name);
            }
        }

        isRight = names.Count == listed && !(reader.HasUnknownKeys && listed == 0);
        return names;
    }

    private List<KeyValuePair<string, TemplateValue>> VarsOf(MapReader reader)
    {
        var vars = reader.Map("vars");
        foreach (var scalar in vars is null ? [] : Scalars(vars))
        {
            WarnOfTemplate(scalar, new Place(scalar.Span, "vars"), "vars");
        }

        var read = new List<KeyValuePair<string, TemplateValue>>();
        foreach (var member in vars?.Members ?? [])
        {
            read.Add(KeyValuePair.Create(member.Name, TemplatedBinder.Plain(member.Value)));
        }

        return read;
    }

    private void WarnOfTemplate(ManifestScalar scalar, Place place, string where)
    {
        if (scalar.Value.Contains("{{", StringComparison.Ordinal))
        {
            diagnostics.Add(ShapeDiagnostics.TemplateNotHere(place, where));
        }
    }

    private static IEnumerable<ManifestScalar> Scalars(ManifestNode node) => node switch
    {
        ManifestScalar scalar => [scalar],
        ManifestSequence list => list.Items.SelectMany(Scalars),
        ManifestMapping map => map.Members.SelectMany(m => Scalars(m.Value)),
        _ => [],
    };

    private static bool IsFlowName(string name) =>
        name.Length is > 0 and <= 63 && name[0] != '-' && name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static bool IsEnvironmentName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
