using System.Buffers.Binary;
using GmiKlingFlow.Core.Media;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Media;

/// <summary>Files made to stretch a reader: what is read of them stays small.</summary>
[Collection(MediaSetCollection.Name)]
public sealed class MediaReaderHostileTests(MediaSet set)
{
    private const long TwoGigabytes = 2L << 30;

    [Fact]
    public void Read_TwoGigabytesOfMediaBeforeTheMovie_ReadsLittle()
    {
        var plain = File.ReadAllBytes(set.PathOf("plain.mp4"));
        var movie = plain.AsSpan().IndexOf("moov"u8) - 4;
        byte[] head = [.. plain[..32], 0, 0, 0, 1, .. "mdat"u8, .. Number(TwoGigabytes)];
        using var content = new SparseStream(32 + TwoGigabytes + plain.Length - movie, (0, head), (32 + TwoGigabytes, plain[movie..]));

        var facts = Assert.IsType<MediaReading.Read>(MediaReader.Read(content)).Facts;

        Assert.Equal(2.52, facts.Duration.TotalSeconds, 0.001);
        Assert.InRange(content.BytesRead, 1, 1 << 20);
    }

    [Fact]
    public void Read_TwoGigabytesAfterAnMp3_WalksNoMoreThanItsLimit()
    {
        using var content = new SparseStream(TwoGigabytes, (0, File.ReadAllBytes(set.PathOf("cbr-no-header.mp3"))));

        MediaReader.Read(content);

        Assert.InRange(content.BytesRead, 1, 110_000_000);
    }

    [Theory]
    [InlineData("mono.wav")]
    [InlineData("mono.aac")]
    [InlineData("plain.mov")]
    public void Read_FileFollowedByTwoGigabytesOfZeros_StaysBounded(string name)
    {
        using var content = new SparseStream(TwoGigabytes, (0, File.ReadAllBytes(set.PathOf(name))));

        Assert.IsType<MediaReading.Read>(MediaReader.Read(content));

        Assert.InRange(content.BytesRead, 1, 110_000_000);
    }

    [Fact]
    public void Read_TwoGigabytes_TakesLittleMemory()
    {
        using var content = new SparseStream(TwoGigabytes, (0, File.ReadAllBytes(set.PathOf("cbr-no-header.mp3"))));
        var before = GC.GetAllocatedBytesForCurrentThread();

        MediaReader.Read(content);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 1 << 20);
    }

    [Fact]
    public void Read_MillionEmptyBoxes_StopsAtItsLimit()
    {
        byte[] one = [0, 0, 0, 8, .. "free"u8];
        using var content = new MemoryStream([.. Enumerable.Repeat(one, 1_000_000).SelectMany(b => b)]);

        var reason = Assert.IsType<MediaReading.Unreadable>(MediaReader.Read(content)).Reason;

        Assert.Contains("more boxes than are read", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TableThatClaimsFourBillionEntries_ReadsWhatIsThere()
    {
        var bytes = File.ReadAllBytes(set.PathOf("plain.mp4"));
        var table = bytes.AsSpan().IndexOf("stts"u8);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(table + 8), uint.MaxValue);
        using var content = new MemoryStream(bytes);

        Assert.IsType<MediaReading.Read>(MediaReader.Read(content));
    }

    [Fact]
    public void Read_TrackWithoutSamples_IsNoTrack()
    {
        var bytes = File.ReadAllBytes(set.PathOf("plain.mp4"));
        var table = bytes.AsSpan().IndexOf("stts"u8);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(table + 8), 0);
        using var content = new MemoryStream(bytes);

        var facts = Assert.IsType<MediaReading.Read>(MediaReader.Read(content)).Facts;

        Assert.Null(facts.Video);
        Assert.NotNull(facts.Audio);
        Assert.Equal("it has no video track", Mp4Structure.Problem(content));
    }

    [Fact]
    public void Read_RunOfFourBillionLongSamples_EndsWithoutOverflow()
    {
        var bytes = File.ReadAllBytes(set.PathOf("fragments.mp4"));
        for (var run = bytes.AsSpan().IndexOf("trun"u8); run >= 0; run = Next(bytes, run))
        {
            bytes[run + 6] = 0;
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(run + 8), uint.MaxValue);
        }

        using var content = new MemoryStream(bytes);

        Assert.IsType<MediaReading.Read>(MediaReader.Read(content));
    }

    [Fact]
    public void Read_DiskThatFails_IsUnreadable()
    {
        using var content = new SparseStream(1000, (0, [0xFF])) { Fails = true };

        var reason = Assert.IsType<MediaReading.Unreadable>(MediaReader.Read(content)).Reason;

        Assert.Contains("can't be read from the disk", reason, StringComparison.Ordinal);
    }

    private static int Next(byte[] bytes, int after)
    {
        var next = bytes.AsSpan(after + 1).IndexOf("trun"u8);
        return next < 0 ? -1 : after + 1 + next;
    }

    private static byte[] Number(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }
}
