using GmiKlingFlow.Core.Media.Iso;

namespace GmiKlingFlow.Core.Media;

/// <summary>Whether a downloaded MP4 is whole: every box within the file, a movie with a video and an audio track, media data (product 6).</summary>
public static class Mp4Structure
{
    /// <param name="content">Must be seekable; read from its start, left where the reading ended.</param>
    /// <returns>Null when whole, else a clause such as <c>the file ends inside its 'mdat' box (12 bytes are missing)</c>.</returns>
    public static string? Problem(Stream content)
    {
        try
        {
            var bytes = new MediaBytes(content);
            var head = bytes.Peek(0, MediaBytes.JumpingWindow);
            return bytes.Length == 0 ? "it is empty"
                : IsoLayout.LooksLikeOne(head) ? IsoReader.Problem(bytes)
                : OtherContent.Describe(head) ?? "it is not an MP4 file";
        }
        catch (IOException e)
        {
            return $"it can't be read from the disk ({e.Message})";
        }
    }
}
