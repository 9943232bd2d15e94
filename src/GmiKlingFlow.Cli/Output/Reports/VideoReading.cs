using System.Text.Json;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Cli.Output.Reports;

/// <summary>Reads the source videos of one manifest, with faces and pictures from the lock beside its flow.</summary>
/// <param name="inputs">The manifest's inputs by file or URL.</param>
internal sealed class VideoReading(MediaLinks links, FacePictures pictures, string folder, string? flowPath, IReadOnlyDictionary<string, JsonElement> inputs)
{
    private readonly Lazy<IReadOnlyDictionary<string, LockedVideo>> locked =
        new(() => flowPath is null ? new Dictionary<string, LockedVideo>() : FacePictures.LockOf(flowPath));

    public ReportVideo Read(string name, JsonElement video)
    {
        // Results name one of their inputs, a plan has file or URL in place.
        var input = video.Text("input") is { } named ? inputs.GetValueOrDefault(named) : video;
        var url = input.Text("url");
        var reviewed = Fingerprints(input, url).Select(key => locked.Value.GetValueOrDefault(key)).FirstOrDefault(static found => found is not null);
        var told = video.Member("faces") is { ValueKind: JsonValueKind.Array } faces
            ? faces.EnumerateArray().Select(face => Face(face, reviewed)).ToList()
            : reviewed?.Faces.Select(Face).ToList();
        return new ReportVideo(name, links.To(folder, input.Text("file")), url, video.Whole("duration_ms"), told);
    }

    private static IEnumerable<string> Fingerprints(JsonElement input, string? url)
    {
        if (input.Text("sha256") is { } sha256)
        {
            yield return $"sha256:{sha256}";
        }

        if (url is not null)
        {
            yield return $"url:{url}";
        }
    }

    private ReportFace Face(JsonElement face, LockedVideo? reviewed)
    {
        var id = face.Text("face_id") ?? "";
        return new ReportFace(
            id,
            face.Whole("start_time") ?? 0,
            face.Whole("end_time") ?? 0,
            flowPath is null ? null : pictures.Of(flowPath, reviewed?.Faces.FirstOrDefault(each => each.Face.Id == id)));
    }

    private ReportFace Face(LockedFace face) => new(
        face.Face.Id,
        (long)face.Face.Visible.Start.TotalMilliseconds,
        (long)face.Face.Visible.End.TotalMilliseconds,
        flowPath is null ? null : pictures.Of(flowPath, face));
}
