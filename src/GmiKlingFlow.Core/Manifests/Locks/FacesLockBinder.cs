using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests.Binding;
using GmiKlingFlow.Core.Manifests.Yaml;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Templating;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Core.Manifests.Locks;

/// <summary>YAML document to faces lock. Tells every problem of its shape.</summary>
internal sealed class FacesLockBinder(DiagnosticBag diagnostics)
{
    // A day is far above any video that the service takes (60 s, api-contract 4.1); answers are read with the same limits.
    private const long LatestMilliseconds = 86_400_000;
    private const int LongestId = 200;
    private const int Sha256HexLength = 64;

    /// <returns>Null when the document is no lock at all.</returns>
    public FacesLock? Bind(ManifestDocument document, string file)
    {
        if (document.Root is not ManifestMapping root)
        {
            if (document.Root is not BrokenNode)
            {
                diagnostics.Add(ShapeDiagnostics.WrongKind(new Place(document.Root.Span, ""), FacesLockShape.Lock, "a map", document.Root.Kind));
            }

            return null;
        }

        // What another version holds is not for this one to judge.
        if (!HeadIsRight(root))
        {
            return null;
        }

        var reader = Reader(root, "", FacesLockShape.Lock);
        if (reader.Node("videos") is null)
        {
            reader.Missing("videos", "videos: []");
        }

        return new FacesLock(file, Videos(reader));
    }

    private bool HeadIsRight(ManifestMapping root)
    {
        var kind = root.Find("kind");
        if (kind?.Value is not ManifestScalar { Value: FacesLockShape.Kind })
        {
            diagnostics.Add(LockDiagnostics.NotALock(new Place(kind?.Value.Span ?? FirstLine(root), "kind"), (kind?.Value as ManifestScalar)?.Value ?? ""));
            return false;
        }

        var version = root.Find("apiVersion");
        if (version?.Value is not ManifestScalar { Value: FlowVersion.ApiVersion })
        {
            diagnostics.Add(LockDiagnostics.OtherVersion(new Place(version?.Value.Span ?? FirstLine(root), "apiVersion"), (version?.Value as ManifestScalar)?.Value ?? ""));
            return false;
        }

        return true;
    }

    private List<LockedVideo> Videos(MapReader root)
    {
        var videos = new List<LockedVideo>();
        var places = new Dictionary<string, SourceSpan>(StringComparer.Ordinal);
        foreach (var (index, node) in (root.List("videos")?.Items ?? []).Index())
        {
            if (Map(node, $"videos[{index}]", FacesLockShape.Video) is not { } reader)
            {
                continue;
            }

            var (source, fingerprint) = (Text(reader, "source", "clips/host.mp4"), Fingerprint(reader));
            var place = reader.FirstLine();
            if (reader.Node("faces") is null)
            {
                reader.Missing("faces", "faces: []");
            }

            var video = new LockedVideo(source, fingerprint, Faces(reader), place) { IsSimulated = IsSimulated(reader) };
            if (fingerprint.Length > 0 && !places.TryAdd(fingerprint, place.Span))
            {
                diagnostics.Add(LockDiagnostics.DuplicateVideo(place, source, places[fingerprint]));
            }

            videos.Add(video);
        }

        return videos;
    }

    private List<LockedFace> Faces(MapReader video)
    {
        var (faces, seen) = (new List<LockedFace>(), new HashSet<Face>());
        foreach (var (index, node) in (video.List("faces")?.Items ?? []).Index())
        {
            if (Map(node, $"{video.PathOf("faces")}[{index}]", FacesLockShape.Face) is not { } reader)
            {
                continue;
            }

            var (id, start, end, thumbnail) = (Id(reader), Time(reader, "start_time"), Time(reader, "end_time"), Thumbnail(reader));
            if (id is null || start is not { } from || end is not { } to)
            {
                continue;
            }

            var face = new Face(id, new TimeRange(TimeSpan.FromMilliseconds(from), TimeSpan.FromMilliseconds(to)), null);
            var place = reader.FirstLine();
            if (to < from)
            {
                diagnostics.Add(LockDiagnostics.EndsBeforeStart(place, id, from, to));
            }
            else if (!seen.Add(face))
            {
                diagnostics.Add(LockDiagnostics.DuplicateFace(place, id));
            }

            faces.Add(new LockedFace(face, thumbnail));
        }

        return faces;
    }

    private MapReader? Map(ManifestNode node, string path, string shape)
    {
        if (node is ManifestMapping map)
        {
            return Reader(map, path, shape);
        }

        if (node is not BrokenNode)
        {
            diagnostics.Add(ShapeDiagnostics.WrongKind(new Place(node.Span, path), shape, "a map", node.Kind));
        }

        return null;
    }

    private MapReader Reader(ManifestMapping map, string path, string shape) => new(map, path, shape, diagnostics, FacesLockShape.Objects[shape]);

    private string Text(MapReader reader, string key, string example)
    {
        if (reader.Node(key) is null)
        {
            reader.Missing(key, $"{key}: {example}");
        }

        return reader.Plain(key)?.Value ?? "";
    }

    private string Fingerprint(MapReader reader)
    {
        var text = Text(reader, "fingerprint", "sha256:…");
        if (text.Length == 0 || IsFingerprint(text))
        {
            return text;
        }

        diagnostics.Add(LockDiagnostics.BadFingerprint(PlaceOf(reader, "fingerprint"), text));
        return "";
    }

    private static bool IsFingerprint(string text) =>
        (text.StartsWith("sha256:", StringComparison.Ordinal) && text.Length == "sha256:".Length + Sha256HexLength && text.AsSpan("sha256:".Length).IndexOfAnyExcept("0123456789abcdef") < 0)
        || (text.StartsWith("url:", StringComparison.Ordinal) && Uri.TryCreate(text["url:".Length..], UriKind.Absolute, out _));

    private string? Id(MapReader reader)
    {
        if (reader.Node("face_id") is null)
        {
            reader.Missing("face_id", "face_id: \"0\"");
            return null;
        }

        if (reader.Plain("face_id") is not { } id)
        {
            return null;
        }

        if (id.Typed is TemplateValue.Text && id.Value.Length is > 0 and <= LongestId && !id.Value.Any(char.IsControl))
        {
            return id.Value;
        }

        diagnostics.Add(LockDiagnostics.BadFaceId(PlaceOf(reader, "face_id"), id.Value));
        return null;
    }

    private long? Time(MapReader reader, string key)
    {
        if (reader.Node(key) is null)
        {
            reader.Missing(key, $"{key}: 0");
            return null;
        }

        if (reader.Plain(key) is not { } scalar)
        {
            return null;
        }

        if (scalar.Typed is TemplateValue.Integer { Value: >= 0 and <= LatestMilliseconds and var time })
        {
            return time;
        }

        diagnostics.Add(LockDiagnostics.BadTime(PlaceOf(reader, key), key, scalar.Value));
        return null;
    }

    private bool IsSimulated(MapReader reader)
    {
        if (reader.Plain("simulated") is not { } flag)
        {
            return false;
        }

        if (flag.Typed is not TemplateValue.Bool)
        {
            diagnostics.Add(LockDiagnostics.BadFlag(PlaceOf(reader, "simulated"), flag.Value));
        }

        return flag.Typed is TemplateValue.Bool { Value: true };
    }

    private string? Thumbnail(MapReader reader)
    {
        if (reader.Plain("thumbnail")?.Value is not { } path)
        {
            return null;
        }

        // Identify takes away pictures that nothing names any more: never one outside.
        if (path.Length > 0 && !path.Any(c => char.IsControl(c) || c is '\\' or ':') && path.Split('/').All(static part => part is not ("" or "." or "..")))
        {
            return path;
        }

        diagnostics.Add(LockDiagnostics.BadThumbnail(PlaceOf(reader, "thumbnail"), path));
        return null;
    }

    private static Place PlaceOf(MapReader reader, string key) =>
        reader.Node(key) is { } node ? new Place(node.Span, reader.PathOf(key)) : reader.Place;

    private static SourceSpan FirstLine(ManifestMapping map) => map.Members.Count == 0 ? map.Span : map.Members[0].Key.Span;
}
