using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests.Binding;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Core.Manifests.Expanding;

/// <summary>What a <c>sound_file</c> is: an https URL, a local file, or bare Base64 in the flow itself.</summary>
internal sealed class SoundFiles(SourceResolver sources)
{
    /// <summary>Two seconds of the smallest audio are far longer, and a path has a dot or is shorter.</summary>
    private const int ShortestBase64 = 100;

    private readonly Dictionary<MediaSource, AudioTrack> tracks = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, AudioTrack> urls = new(StringComparer.Ordinal);

    /// <returns>Null when a diagnostic was added.</returns>
    public Located<Sound>? Resolve(string written, Templated origin)
    {
        if (Base64(written) is { } base64)
        {
            return new Located<Sound>(new Sound.Base64(base64), origin.Place);
        }

        return sources.Resolve(written, origin.Source, origin.Place, "sound_file") is { } source
            ? new Located<Sound>(new Sound.Track(Track(source, written, origin.Place)), origin.Place)
            : null;
    }

    /// <returns>The Base64 without the white space that folding it over lines brings; null when the text is something else.</returns>
    public static string? Base64(string text)
    {
        if (text.Length < ShortestBase64)
        {
            return null;
        }

        var bare = text.AsSpan().IndexOfAny(" \t\r\n") < 0 ? text : string.Concat(text.Where(c => c is not (' ' or '\t' or '\r' or '\n')));
        var digits = bare.AsSpan().TrimEnd('=');
        return bare.Length >= ShortestBase64 && bare.Length - digits.Length <= 2 && digits.IndexOfAnyExcept(Base64Digits) < 0 ? bare : null;
    }

    private AudioTrack Track(MediaSource source, string written, Place place)
    {
        if (source is MediaSource.RemoteUrl)
        {
            if (!urls.TryGetValue(written, out var remote))
            {
                urls.Add(written, remote = new AudioTrack(written, source, SourceExpander.DurationOf(source), place));
            }

            return remote;
        }

        if (!tracks.TryGetValue(source, out var track))
        {
            tracks.Add(source, track = new AudioTrack(written, source, SourceExpander.DurationOf(source), place));
        }

        return track;
    }

    private static readonly System.Buffers.SearchValues<char> Base64Digits =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
}
