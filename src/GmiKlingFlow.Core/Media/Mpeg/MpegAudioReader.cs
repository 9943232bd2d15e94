namespace GmiKlingFlow.Core.Media.Mpeg;

/// <summary>Reads files of bare frames: MP3 and AAC with ADTS headers. Every frame is counted; headers that state a length are only compared.</summary>
internal static class MpegAudioReader
{
    /// <summary>Twenty times what the service takes (api-contract 4.3); a longer file's length is estimated from its start.</summary>
    private const long MostWalked = 100_000_000;

    public static MediaReading Read(MediaBytes bytes)
    {
        var start = MpegTags.SkipLeading(bytes);
        if (start >= bytes.Length)
        {
            return new MediaReading.Unreadable(start > bytes.Length ? "the file ends inside its ID3 tag" : "it holds tags and no sound");
        }

        var end = MpegTags.CutTrailing(bytes, start);
        var isTagged = start > 0;
        var adts = new FrameWalk(bytes, MpegFrame.Adts, end);
        if (adts.At(start) is not null && adts.First(start, isTagged) == start)
        {
            return Aac(bytes, adts, start, end);
        }

        var layer3 = new FrameWalk(bytes, MpegFrame.Layer3, end);
        if (layer3.First(start, isTagged) is { } first)
        {
            return Mp3(bytes, layer3, first, end);
        }

        return new MediaReading.Unreadable(isTagged && OtherContent.Describe(bytes.Peek(start, 512)) is { } other
            ? $"{other} (after an ID3 tag)"
            : IsOtherLayer(bytes.Peek(start, 2)) ? "it is MPEG audio of layer I or II, which Kling doesn't take"
            : isTagged ? "no MP3 or AAC sound follows its ID3 tag"
            : "it is neither mp4, mov, wav, mp3, m4a nor aac");
    }

    private static bool IsOtherLayer(ReadOnlySpan<byte> head) =>
        head.Length == 2 && head[0] == 0xFF && (head[1] & 0xF0) == 0xF0 && ((head[1] >> 1) & 3) is (2 or 3);

    private static MediaReading Mp3(MediaBytes bytes, FrameWalk walk, long first, long end)
    {
        if (walk.At(first) is not { } head)
        {
            return new MediaReading.Unreadable("it holds no sound");
        }

        var note = VbrHeader.Read(bytes.Peek(first, head.Bytes), head);
        var start = note is null ? first : first + head.Bytes;
        var frames = Count(walk, start, end, head.Samples, out var channels);
        if (note?.Frames is { } stated && frames < stated - 1)
        {
            return new MediaReading.Unreadable(FormattableString.Invariant(
                $"the file ends after {frames:N0} of the {stated:N0} frames its header announces"));
        }

        // What is heard: decoders drop the delay and the padding. ffprobe's duration is longer by the two together.
        // In joined files the note is the first part's, so its padding says nothing about the end.
        var padding = note is { Frames: { } all } && Math.Abs(all - frames) <= 1 ? note.Padding : 0;
        var samples = (frames * head.Samples) - (note?.Delay ?? 0) - padding;
        return samples <= 0
            ? new MediaReading.Unreadable("it holds no sound")
            : Sound(MediaContainer.Mp3, "mp3", bytes, MediaTime.From(samples, head.SampleRate), head.SampleRate, Math.Max(channels, 1));
    }

    private static MediaReading Aac(MediaBytes bytes, FrameWalk walk, long start, long end)
    {
        if (walk.At(start) is not { } head)
        {
            return new MediaReading.Unreadable("it holds no sound");
        }

        var units = Count(walk, start, end, 1024, out var channels);
        return Sound(MediaContainer.Aac, "aac", bytes, MediaTime.From(units * 1024, head.SampleRate), head.SampleRate, channels);
    }

    /// <summary>Counts units of so many samples; beyond what is walked, in proportion to the size.</summary>
    private static long Count(FrameWalk walk, long start, long end, int samplesPerUnit, out int channels)
    {
        var last = Math.Min(end, start + MostWalked);
        long units = 0;
        channels = 0;
        foreach (var frame in walk.Between(start, last))
        {
            channels = Math.Max(channels, frame.Channels);
            units += frame.Samples / samplesPerUnit;
        }

        return last == end ? units : (long)(units * ((double)(end - start) / (last - start)));
    }

    private static MediaReading.Read Sound(MediaContainer container, string codec, MediaBytes bytes, TimeSpan duration, int sampleRate, int channels) =>
        new(new MediaFacts(container, bytes.Length, duration, null, new AudioTrackFacts(codec, sampleRate, channels, duration)));
}
