using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Simulator.Kling;

/// <summary>Finds the faces of a video: in the sidecar beside it, or beside a file of the media folder with the same content (an upload has left
/// its sidecar at home), else one face "0" over the whole video.</summary>
internal sealed class FaceFinder(string? mediaFolder, IReadOnlyList<string> mediaFiles, MediaInspector inspector)
{
    private const int MostSidecars = 10_000;

    private static readonly string[] VideoExtensions = ["", ".mp4", ".mov", ".MP4", ".MOV"];

    /// <exception cref="FormatException">A sidecar does not say what it should.</exception>
    public async Task<IReadOnlyList<Face>> FindAsync(InspectedMedia video, TimeSpan duration, CancellationToken cancellationToken)
    {
        if ((FaceSidecar.Of(video.File) ?? await SidecarOfTwinAsync(video, cancellationToken)) is { } sidecar)
        {
            return FaceSidecar.Read(sidecar);
        }

        return [new Face("0", new TimeRange(TimeSpan.Zero, TimeSpan.FromMilliseconds(Math.Floor(duration.TotalMilliseconds))), null)];
    }

    private async Task<string?> SidecarOfTwinAsync(InspectedMedia video, CancellationToken cancellationToken)
    {
        var bytes = new FileInfo(video.File).Length;
        foreach (var candidate in mediaFiles.Concat(VideosWithSidecar()))
        {
            var info = new FileInfo(candidate);
            if (info.Exists
                && info.Length == bytes
                && FaceSidecar.Of(candidate) is { } sidecar
                && (await inspector.InspectAsync(candidate, cancellationToken)).Sha256 == video.Sha256)
            {
                return sidecar;
            }
        }

        return null;
    }

    private IEnumerable<string> VideosWithSidecar()
    {
        if (mediaFolder is null || !Directory.Exists(mediaFolder))
        {
            return [];
        }

        var everywhere = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
        return Directory.EnumerateFiles(mediaFolder, $"*{FaceSidecar.Suffix}", everywhere)
            .Take(MostSidecars)
            .Select(sidecar => sidecar[..^FaceSidecar.Suffix.Length])
            .SelectMany(stem => VideoExtensions.Select(extension => stem + extension));
    }
}
