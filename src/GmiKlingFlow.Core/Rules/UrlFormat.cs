namespace GmiKlingFlow.Core.Rules;

/// <summary>What a URL's own name promises about its content.</summary>
internal static class UrlFormat
{
    // Formats that nobody gives to a file of another one. Names such as .php, .bin or none at all promise nothing.
    private static readonly string[] Known =
    [
        "mp4", "mov", "webm", "mkv", "avi", "wmv", "flv", "mpg", "mpeg", "3gp", "ogv", "m3u8", "mpd", "gif",
        "mp3", "wav", "m4a", "aac", "ogg", "oga", "opus", "flac", "wma", "aif", "aiff", "amr",
        "jpg", "jpeg", "png", "webp", "srt", "vtt", "zip",
    ];

    /// <returns>The format, lower case; null when the name promises none.</returns>
    public static string? Of(Uri url)
    {
        var path = url.AbsolutePath;
        var dot = path.LastIndexOf('.');
        if (dot < 0 || dot < path.LastIndexOf('/'))
        {
            return null;
        }

        var extension = path[(dot + 1)..].ToLowerInvariant();
        return Array.IndexOf(Known, extension) >= 0 ? extension : null;
    }
}
