using System.Security.Cryptography;
using System.Text;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Core.Planning.Keys;

/// <summary>Names contents: two sources with the same name give the same result.</summary>
public static class ContentIdentity
{
    internal const string Sha256Prefix = "sha256:";

    /// <returns><c>sha256:...</c> for a file, <c>url:...</c> without volatile signature parameters for a URL.</returns>
    public static string Of(MediaSource source) => source switch
    {
        MediaSource.LocalFile file => Sha256Prefix + file.Sha256,
        MediaSource.RemoteUrl remote => $"url:{UrlIdentity.Of(remote.Url)}",
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, "An unknown kind of source."),
    };

    /// <returns>As for a file where the sound is a track or Base64, so that the way it is sent makes no difference.</returns>
    public static string Of(Sound sound) => sound switch
    {
        Sound.Track track => Of(track.Audio.Source),
        Sound.Base64 inline => Sha256Prefix + Hex(Decoded(inline.Text)),
        Sound.AudioId id => $"audio_id:{id.Id}",
        _ => throw new ArgumentOutOfRangeException(nameof(sound), sound, "An unknown kind of sound."),
    };

    internal static string Hex(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return Convert.ToHexStringLower(hash);
    }

    private static byte[] Decoded(string text)
    {
        var bytes = new byte[(text.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : Encoding.UTF8.GetBytes(text);
    }
}
