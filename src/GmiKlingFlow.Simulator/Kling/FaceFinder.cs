using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Keys;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Simulator.Kling;

/// <summary>Finds the faces of a video: in the sidecar beside it, or beside a file of the media folder with the same content (an upload has left
/// its sidecar at home), then among the known ones, else one face "0" over the whole video.</summary>
internal sealed class FaceFinder(string? mediaFolder, IReadOnlyList<string> mediaFiles, IReadOnlyDictionary<string, IReadOnlyList<Face>> known, MediaInspector inspector, TimeProvider time)
{
    private const int MostSidecars = 10_000;

    // A batch identifies many videos at once: the folder, which may be a whole repository, is walked once for them.
    private static readonly TimeSpan WalkLife = TimeSpan.FromSeconds(2);

    private static readonly string[] VideoExtensions = ["", ".mp4", ".mov", ".MP4", ".MOV"];

    private volatile Walk? lastWalk;

    /// <param name="url">As asked for.</param>
    /// <exception cref="FormatException">A sidecar does not say what it should.</exception>
    public async Task<IReadOnlyList<Face>> FindAsync(InspectedMedia video, string url, TimeSpan duration, CancellationToken cancellationToken)
    {
        if ((FaceSidecar.Of(video.File) ?? await SidecarOfTwinAsync(video, cancellationToken)) is { } sidecar)
        {
            return FaceSidecar.Read(sidecar);
        }

        if (known.Count > 0
            && (known.TryGetValue($"sha256:{video.Sha256}", out var faces) || (Uri.TryCreate(url, UriKind.Absolute, out var address) && known.TryGetValue($"url:{UrlIdentity.Of(address)}", out faces))))
        {
            return faces;
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

    private IReadOnlyList<string> VideosWithSidecar()
    {
        if (mediaFolder is null || !Directory.Exists(mediaFolder))
        {
            return [];
        }

        var now = time.GetUtcNow();
        if (lastWalk is { } walk && now - walk.At < WalkLife)
        {
            return walk.Videos;
        }

        var everywhere = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            IgnoreInaccessible = true,
            AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
        };
        IReadOnlyList<string> videos =
        [
            .. Directory.EnumerateFiles(mediaFolder, $"*{FaceSidecar.Suffix}", everywhere)
                .Take(MostSidecars)
                .Select(sidecar => sidecar[..^FaceSidecar.Suffix.Length])
                .SelectMany(stem => VideoExtensions.Select(extension => stem + extension)),
        ];
        lastWalk = new Walk(now, videos);
        return videos;
    }

    private sealed record Walk(DateTimeOffset At, IReadOnlyList<string> Videos);
}
