using System.Globalization;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Simulator.Rendering;
using GmiKlingFlow.Simulator.Storage;

namespace GmiKlingFlow.Simulator.Kling;

/// <summary>The pictures behind <c>face_image</c> and a result's thumbnail: cut from the video by ffmpeg, else a placeholder. Each is made once.</summary>
internal sealed class FaceImages(FfmpegTurns? ffmpeg, ObjectStore store)
{
    /// <returns>For each face the name of its picture in storage.</returns>
    public async Task<IReadOnlyList<string>> MakeAsync(InspectedMedia video, IReadOnlyList<Face> faces, CancellationToken cancellationToken)
    {
        var names = new List<string>(faces.Count);
        foreach (var (index, face) in faces.Index())
        {
            var middle = face.Visible.Start + face.Visible.Length / 2;
            names.Add(await PictureAsync(video, string.Create(CultureInfo.InvariantCulture, $"face-{index}-{middle.Ticks:x}"), middle, "crop='min(iw,ih)/2':'min(iw,ih)/2',scale=128:128", cancellationToken));
        }

        return names;
    }

    /// <returns>The name of a small picture of the video's beginning in storage.</returns>
    public Task<string> ThumbnailAsync(InspectedMedia video, CancellationToken cancellationToken) =>
        PictureAsync(video, "thumbnail", TimeSpan.Zero, "scale=160:-2", cancellationToken);

    private async Task<string> PictureAsync(InspectedMedia video, string kind, TimeSpan at, string filter, CancellationToken cancellationToken)
    {
        var name = $"pictures/{video.Sha256[..16]}-{kind}.png";
        if (store.Find(name) is not null)
        {
            return name;
        }

        var draft = store.Draft(".png");
        try
        {
            if (ffmpeg is not null)
            {
                await ffmpeg.RunAsync(["-ss", at.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture), "-i", video.File, "-frames:v", "1", "-vf", filter, draft], cancellationToken);
            }

            // Past the last picture ffmpeg ends well and writes nothing.
            if (new FileInfo(draft) is not { Exists: true, Length: > 0 })
            {
                await File.WriteAllBytesAsync(draft, PlaceholderPng.Make(), cancellationToken);
            }

            store.Keep(draft, name);
            return name;
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
