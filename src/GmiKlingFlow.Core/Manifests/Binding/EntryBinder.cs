using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests.Yaml;

namespace GmiKlingFlow.Core.Manifests.Binding;

/// <summary>Face entries, the defaults for them, and the elements of a verbatim <c>face_choose</c>.</summary>
internal sealed class EntryBinder(DiagnosticBag diagnostics)
{
    public SoundTemplate Defaults(MapReader flow) =>
        flow.Map("defaults") is { } defaults ? Sound(new MapReader(defaults, "defaults", FlowShape.Defaults, diagnostics)) : SoundTemplate.Empty;

    public EntryTemplate? Entry(ManifestNode node, string path)
    {
        if (MapOf(node, path, FlowShape.Entry) is not { } map)
        {
            return null;
        }

        var reader = new MapReader(map, path, FlowShape.Entry, diagnostics);
        return Entry(reader, ExactlyOne(reader, "face", "face_id") & ExactlyOne(reader, "audio", "sound_file"));
    }

    /// <summary>What a job says of the entries that are made for it. The face may be left out.</summary>
    public EntryTemplate Made(MapReader job) =>
        Entry(job, (job.Node("face") is null && job.Node("face_id") is null || ExactlyOne(job, "face", "face_id")) & ExactlyOne(job, "audio", "sound_file"));

    private EntryTemplate Entry(MapReader reader, bool isRight)
    {
        var face = reader.Node("face");
        var selectors = face is ManifestMapping or ManifestSequence ? new SelectorBinder(diagnostics).Selectors(face, reader.PathOf("face")) : null;
        return new EntryTemplate(
            face is ManifestScalar ? reader.Scalar("face") : null,
            selectors,
            reader.Scalar("face_id"),
            reader.Scalar("audio"),
            reader.Scalar("sound_file"),
            Sound(reader),
            !isRight || reader.HasUnknownKeys || (face is not (null or ManifestScalar) && selectors is null),
            reader.FirstLine());
    }

    public VerbatimTemplate? Verbatim(ManifestNode node, string path)
    {
        if (MapOf(node, path, FlowShape.Verbatim) is not { } map)
        {
            return null;
        }

        var known = FlowShape.Objects[FlowShape.Verbatim];
        foreach (var key in map.Members.Select(m => m.Key).Where(k => !known.Contains(k.Value, StringComparer.Ordinal)))
        {
            diagnostics.Add(ShapeDiagnostics.UnknownVerbatimMember(new Place(key.Span, $"{path}.{key.Value}"), key.Value, NearestName.Of(key.Value, known)));
        }

        return new VerbatimTemplate(
            [.. map.Members.Select(m => KeyValuePair.Create(m.Name, TemplatedBinder.Bind(m.Value, $"{path}.{m.Name}", diagnostics)))],
            new Place(map.Members.Count == 0 ? map.Span : map.Members[0].Key.Span, path));
    }

    private ManifestMapping? MapOf(ManifestNode node, string path, string shape)
    {
        if (node is not (ManifestMapping or BrokenNode))
        {
            diagnostics.Add(ShapeDiagnostics.WrongKind(new Place(node.Span, path), shape, "a map", node.Kind));
        }

        return node as ManifestMapping;
    }

    private bool ExactlyOne(MapReader reader, string first, string second)
    {
        var (hasFirst, hasSecond) = (reader.Node(first) is not null, reader.Node(second) is not null);
        if (hasFirst && hasSecond)
        {
            diagnostics.Add(ShapeDiagnostics.MoreThanOneGiven(reader.KeyPlace(second), reader.Shape, first, second));
        }
        else if (!hasFirst && !hasSecond && !reader.HasUnknownKeys)
        {
            diagnostics.Add(ShapeDiagnostics.NoneGiven(reader.FirstLine(), reader.Shape, [first, second]));
        }

        return hasFirst != hasSecond;
    }

    private static SoundTemplate Sound(MapReader reader) => new(
        reader.Scalar("sound_start_time"),
        reader.Scalar("sound_end_time"),
        reader.Scalar("sound_insert_time"),
        reader.Scalar("sound_volume"),
        reader.Scalar("original_audio_volume"));
}
