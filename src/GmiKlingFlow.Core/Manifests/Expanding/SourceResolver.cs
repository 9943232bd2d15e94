using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests.Yaml;
using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Subtitles;

namespace GmiKlingFlow.Core.Manifests.Expanding;

/// <summary>A source as written to the file or URL it means. Only files inside allowed folders are opened (product 3).</summary>
internal sealed class SourceResolver(IFlowFiles files, AllowedFolders allowed, DiagnosticBag diagnostics)
{
    private readonly Dictionary<(string Folder, string Written), MediaSource?> known = [];

    /// <param name="writtenIn">Relative paths start from its folder.</param>
    /// <returns>Null when a diagnostic was added.</returns>
    public MediaSource? Resolve(string written, ManifestText writtenIn, Place place, string key)
    {
        if (written.Length == 0 || written.AsSpan().Trim().IsEmpty)
        {
            diagnostics.Add(ShapeDiagnostics.WrongKind(place, key, "a path or an https URL", "empty"));
            return null;
        }

        if (written.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            diagnostics.Add(MeaningDiagnostics.DataPrefix(place, key));
            return null;
        }

        if (SourceUrl.SchemeOf(written) is { } scheme)
        {
            return SourceUrl.Parse(written, scheme, place, diagnostics) is { } url ? Remote(url, place) : null;
        }

        var folder = Path.GetDirectoryName(writtenIn.FullPath) ?? "";
        if (!known.TryGetValue((folder, written), out var source))
        {
            source = Local(written, folder, place);
            known.Add((folder, written), source);
        }

        return source;
    }

    private MediaSource.RemoteUrl Remote(Uri url, Place place)
    {
        var reading = files.DescribeUrl(url);
        if (UrlProblem.Of(reading, SourceUrl.Shown(url), place) is { } problem)
        {
            diagnostics.Add(problem);
            return new MediaSource.RemoteUrl(url, IsUnreadable: problem.Severity == Severity.Error) { Bytes = (reading as RemoteReading.OutOfReach)?.Bytes };
        }

        return new MediaSource.RemoteUrl(url, (reading as RemoteReading.Read)?.Facts);
    }

    /// <summary>Where a file lies that is read here and not by the service.</summary>
    /// <returns>The real path; null when a diagnostic was added.</returns>
    public string? RealFile(string written, ManifestText writtenIn, Place place, string key)
    {
        if (written.AsSpan().Trim().IsEmpty)
        {
            diagnostics.Add(ShapeDiagnostics.WrongKind(place, key, "a path", "empty"));
            return null;
        }

        if (SourceUrl.SchemeOf(written) is { } scheme)
        {
            diagnostics.Add(SubtitleDiagnostics.NotAFile(place, scheme));
            return null;
        }

        return RealFile(written, Path.GetDirectoryName(writtenIn.FullPath) ?? "", place);
    }

    private MediaSource.LocalFile? Local(string written, string folder, Place place) =>
        RealFile(written, folder, place) is { } path ? Described(written, path, place) : null;

    private string? RealFile(string written, string folder, Place place)
    {
        if (written.Contains('\0'))
        {
            diagnostics.Add(MeaningDiagnostics.SourceMissing(place, written, "A path can't hold the character U+0000."));
            return null;
        }

        switch (files.Resolve(Path.GetFullPath(written, folder)))
        {
            // Told before whether it exists: a flow must not find out what lies elsewhere.
            case var found when !(RealPathOf(found) is { } real ? allowed.Hold(real) : allowed.HoldUnresolved(Path.GetFullPath(written, folder))):
                diagnostics.Add(MeaningDiagnostics.SourceOutside(place, written));
                return null;
            case PathReading.File file:
                return file.FullPath;
            case PathReading.Directory:
                diagnostics.Add(MeaningDiagnostics.SourceIsFolder(place, written));
                return null;
            case PathReading.Unreadable unreadable:
                diagnostics.Add(MeaningDiagnostics.SourceUnreadable(place, written, unreadable.Reason));
                return null;
            default:
                diagnostics.Add(MeaningDiagnostics.SourceMissing(place, written, MissingHint(written)));
                return null;
        }
    }

    private MediaSource.LocalFile? Described(string written, string path, Place place)
    {
        switch (files.Describe(path))
        {
            case ContentReading.Read { Media: MediaReading.Read media } content:
                if (!media.Facts.Container.MayBeNamed(written))
                {
                    diagnostics.Add(MediaDiagnostics.ContainerNotItsName(place, written, media.Facts.Container));
                }

                return new MediaSource.LocalFile(written, path, content.Sha256, content.Bytes, media.Facts);
            case ContentReading.Read { Media: MediaReading.Unreadable broken } content:
                diagnostics.Add(MediaDiagnostics.UnreadableMedia(place, written, broken.Reason));
                return new MediaSource.LocalFile(written, path, content.Sha256, content.Bytes, null);
            case ContentReading.Unreadable unreadable:
                diagnostics.Add(MeaningDiagnostics.SourceUnreadable(place, written, unreadable.Reason));
                return null;
            default:
                return null;
        }
    }

    private static string? RealPathOf(PathReading reading) => reading switch
    {
        PathReading.File file => file.FullPath,
        PathReading.Directory directory => directory.FullPath,
        PathReading.Missing missing => missing.FullPath,
        _ => null,
    };

    private static string? MissingHint(string written) => written switch
    {
        ['~', ..] => "\"~\" is not expanded: write the whole path.",
        _ when written.Contains('\\') => "Separate folders with \"/\", which works on every system.",
        _ when written.Contains('%') || written.Contains("$", StringComparison.Ordinal) => "Environment variables are not expanded in paths: list them under \"env\" and use {{ env.NAME }}.",
        _ => null,
    };
}
