using System.Security;
using GmiKlingFlow.Core.Media.Iso;
using GmiKlingFlow.Core.Media.Mpeg;
using GmiKlingFlow.Core.Media.Wave;

namespace GmiKlingFlow.Core.Media;

/// <summary>
/// Reads container, codec, duration and size of mp4, mov, m4a, wav, mp3 and aac files from their bytes. The name plays no part.
/// Memory is bounded (one window of at most 64 KB), and so is time: no size field is trusted.
/// </summary>
public static class MediaReader
{
    /// <summary>Reads a file; whatever is wrong with it, or with reading it, is a reason and never an exception.</summary>
    public static MediaReading ReadFile(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                return new MediaReading.Unreadable("it is a folder");
            }

            // Pipes and devices have no length: opening one could wait for ever.
            var file = new FileInfo(path);
            file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
            if (file is { Exists: true, Length: 0 })
            {
                return new MediaReading.Unreadable("it is empty");
            }

            using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return Read(content);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new MediaReading.Unreadable("there is no such file");
        }
        catch (Exception e) when (e is UnauthorizedAccessException or SecurityException)
        {
            return new MediaReading.Unreadable("reading it is not permitted");
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            return new MediaReading.Unreadable($"it can't be read from the disk ({e.Message})");
        }
    }

    /// <param name="content">Must be seekable; read from its start, left where the reading ended.</param>
    public static MediaReading Read(Stream content)
    {
        try
        {
            return Dispatch(content);
        }
        catch (IOException e)
        {
            return new MediaReading.Unreadable($"it can't be read from the disk ({e.Message})");
        }
    }

    private static MediaReading Dispatch(Stream content)
    {
        var bytes = new MediaBytes(content);
        var head = bytes.Peek(0, MediaBytes.JumpingWindow);
        if (head.IsEmpty)
        {
            return new MediaReading.Unreadable("it is empty");
        }

        if (WaveReader.LooksLikeOne(head))
        {
            return WaveReader.Read(bytes);
        }

        // Before the rest: a box of 442 bytes begins like an MPEG program stream.
        if (IsoLayout.LooksLikeOne(head))
        {
            return IsoReader.Read(bytes);
        }

        return OtherContent.Describe(head) is { } other
            ? new MediaReading.Unreadable(other)
            : MpegAudioReader.Read(new MediaBytes(content, MediaBytes.WalkingWindow));
    }
}
