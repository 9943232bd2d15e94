namespace GmiKlingFlow.Core.Media.Mpeg;

/// <summary>Reads one frame's header from its first bytes; null where there is none.</summary>
internal delegate MpegFrame? FrameHeader(ReadOnlySpan<byte> head);

/// <summary>The frames between two offsets, from one to the next, over damaged stretches too. One pass, every byte looked at once or twice.</summary>
internal sealed class FrameWalk(MediaBytes bytes, FrameHeader header, long end)
{
    /// <summary>Long enough for an ADTS header.</summary>
    private const int HeadBytes = 7;

    /// <summary>How far the first frame may be from where it is looked for: junk that tools leave between a tag and the sound.</summary>
    private const int FarthestFirst = 64 * 1024;

    /// <summary>So many in a row are not chance.</summary>
    private const int CertainRow = 4;

    public MpegFrame? At(long offset) => offset < end ? header(bytes.Peek(offset, (int)Math.Min(HeadBytes, end - offset))) : null;

    /// <summary>Where the first frame of a row begins; null when there is no row of frames near.</summary>
    /// <param name="isAnnounced">True after a tag: then even a single frame is believed.</param>
    public long? First(long from, bool isAnnounced)
    {
        for (var at = from; at < Math.Min(end, from + FarthestFirst); at++)
        {
            if (At(at) is not null && IsRow(at, fewerWillDo: at == from, isAnnounced))
            {
                return at;
            }
        }

        return null;
    }

    /// <summary>All whole frames that begin between two offsets.</summary>
    public IEnumerable<MpegFrame> Between(long first, long last)
    {
        var kind = At(first)?.Kind;
        for (var at = first; at < last;)
        {
            if (At(at) is { } frame && frame.Kind == kind && at + frame.Bytes <= end)
            {
                yield return frame;
                at += frame.Bytes;
            }
            else
            {
                at = Resume(at + 1, last, kind);
            }
        }
    }

    private bool IsRow(long at, bool fewerWillDo, bool isAnnounced)
    {
        var kind = At(at)?.Kind;
        var count = 0;
        while (count < CertainRow && At(at) is { } frame && frame.Kind == kind && at + frame.Bytes <= end)
        {
            count++;
            at += frame.Bytes;
        }

        if (count == CertainRow || !fewerWillDo || count == 0)
        {
            return count == CertainRow;
        }

        // A short file has fewer, but then they fill it, except for a frame that is cut at the end.
        return at == end || (count >= (isAnnounced ? 1 : 2) && At(at) is not null);
    }

    /// <summary>The next frame of the same kind that another one, or the end, follows.</summary>
    private long Resume(long at, long last, int? kind)
    {
        for (; at < last; at++)
        {
            // Most of what is no frame is skipped a window's piece at a time: every frame begins with 0xFF.
            var piece = bytes.Peek(at, 512);
            if (piece.IsEmpty)
            {
                // The file ends before its length says: it shrank, or only a part of it is here.
                return last;
            }

            if (piece.IndexOf((byte)0xFF) is var step && step != 0)
            {
                at += (step < 0 ? piece.Length : step) - 1;
            }
            else if (At(at) is { } frame && frame.Kind == kind
                && (at + frame.Bytes == end || (At(at + frame.Bytes) is { } next && next.Kind == kind)))
            {
                return at;
            }
        }

        return last;
    }
}
