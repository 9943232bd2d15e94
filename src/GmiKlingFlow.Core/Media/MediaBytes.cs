namespace GmiKlingFlow.Core.Media;

/// <summary>Random access to a file's bytes through one small window: a size field can move the window, but never grow it.</summary>
/// <param name="windowSize">The most that one <see cref="Peek"/> gives. Small for jumping between boxes, larger for walking frames.</param>
internal sealed class MediaBytes(Stream stream, int windowSize = MediaBytes.JumpingWindow)
{
    public const int JumpingWindow = 4096;
    public const int WalkingWindow = 65536;

    private readonly byte[] window = new byte[windowSize];
    private long windowStart;
    private int windowLength;

    public long Length { get; } = stream.Length;

    /// <summary>The bytes at an offset, fewer than asked for where the file ends. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Peek(long offset, int count)
    {
        if (offset < 0 || offset >= Length)
        {
            return [];
        }

        count = (int)Math.Min(Math.Min(count, window.Length), Length - offset);
        if (offset < windowStart || offset + count > windowStart + windowLength)
        {
            stream.Position = offset;
            windowStart = offset;
            windowLength = stream.ReadAtLeast(window, window.Length, throwOnEndOfStream: false);
        }

        var at = (int)(offset - windowStart);
        return window.AsSpan(at, Math.Max(0, Math.Min(count, windowLength - at)));
    }

    /// <summary>All of the asked bytes, or nothing.</summary>
    public bool TryPeek(long offset, int count, out ReadOnlySpan<byte> bytes)
    {
        bytes = Peek(offset, count);
        return bytes.Length == count;
    }
}
