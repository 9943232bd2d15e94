using GmiKlingFlow.Core.Media;

namespace GmiKlingFlow.Runtime.Queue;

/// <summary>What the storage takes: the grant's <c>file_type</c> and the content type that it signs (api-contract 1).</summary>
internal sealed record UploadType(string FileType, string ContentType)
{
    /// <returns>Null for what no grant takes: m4a, aac and mov.</returns>
    public static UploadType? Of(MediaContainer? container) => container switch
    {
        MediaContainer.Mp4 => new("mp4", "video/mp4"),
        MediaContainer.Mp3 => new("mp3", "audio/mpeg"),
        MediaContainer.Wav => new("wav", "audio/wav"),
        _ => null,
    };
}
