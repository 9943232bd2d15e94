using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests.Yaml;

namespace GmiKlingFlow.Core.Manifests.Binding;

/// <summary>The <c>videos</c> and <c>audio</c> of a flow.</summary>
internal sealed class SourceBinder(DiagnosticBag diagnostics)
{
    public IReadOnlyList<VideoTemplate> Videos(MapReader flow)
    {
        var videos = new List<VideoTemplate>();
        foreach (var video in Named(flow, "videos", FlowShape.Video))
        {
            videos.Add(new VideoTemplate(
                video.Name,
                SourceOf(video.Reader),
                video.Reader?.Scalar("duration"),
                video.Reader is null ? [] : Faces(video.Reader),
                video.Place)
            { FacesAreKnown = video.Reader?.Hides("faces") is false });
        }

        return videos;
    }

    public IReadOnlyList<AudioTemplate> Audio(MapReader flow)
    {
        var tracks = new List<AudioTemplate>();
        foreach (var audio in Named(flow, "audio", FlowShape.Audio))
        {
            tracks.Add(new AudioTemplate(audio.Name, SourceOf(audio.Reader), audio.Reader?.Scalar("duration"), audio.Place));
        }

        return tracks;
    }

    private static Templated? SourceOf(MapReader? reader)
    {
        var source = reader?.Scalar("source");
        if (source is null)
        {
            reader?.Missing("source", reader.Shape == FlowShape.Video ? "source: clips/host.mp4" : "source: audio/hello.wav");
        }

        return source;
    }

    /// <summary>Broken ones are in the list too, without a reader: their names are known, and using them is no second mistake.</summary>
    private List<NamedSource> Named(MapReader flow, string key, string shape)
    {
        var named = new List<NamedSource>();
        foreach (var member in flow.Map(key)?.Members ?? [])
        {
            var place = new Place(member.Key.Span, $"{key}.{member.Name}");
            if (!SourceName.IsRight(member.Name))
            {
                diagnostics.Add(ShapeDiagnostics.BadName(place, member.Name));
            }

            if (member.Value is ManifestMapping map)
            {
                named.Add(new NamedSource(member.Name, new MapReader(map, place.Path, shape, diagnostics), place));
                continue;
            }

            named.Add(new NamedSource(member.Name, null, place));
            if (member.Value is not BrokenNode)
            {
                diagnostics.Add(ShapeDiagnostics.WrongKind(place with { Span = member.Value is ManifestScalar { IsNull: true } ? place.Span : member.Value.Span }, member.Name, "a map such as { source: ... }", member.Value.Kind));
            }
        }

        return named;
    }

    private List<FaceTemplate> Faces(MapReader video)
    {
        var faces = new List<FaceTemplate>();
        foreach (var member in video.Map("faces")?.Members ?? [])
        {
            var place = new Place(member.Key.Span, $"{video.PathOf("faces")}.{member.Name}");
            if (!SourceName.IsRight(member.Name))
            {
                diagnostics.Add(ShapeDiagnostics.BadName(place, member.Name));
            }

            faces.Add(new FaceTemplate(member.Name, new SelectorBinder(diagnostics).Selectors(member.Value, place.Path) ?? [], place));
        }

        return faces;
    }

    private sealed record NamedSource(string Name, MapReader? Reader, Place Place);
}
