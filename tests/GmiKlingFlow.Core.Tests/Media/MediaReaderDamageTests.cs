using GmiKlingFlow.Core.Media;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Media;

/// <summary>Cut and changed files end in a result, never in an exception. The test's own end shows that nothing hangs.</summary>
[Collection(MediaSetCollection.Name)]
public sealed class MediaReaderDamageTests(MediaSet set)
{
    /// <summary>Changed copies per file; set <c>GKFLOW_MUTATIONS</c> for a long run by hand.</summary>
    private static readonly int Mutations = int.TryParse(Environment.GetEnvironmentVariable("GKFLOW_MUTATIONS"), out var count) ? count : 60;

    public static TheoryData<string> Files => [.. MediaCases.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Read_FileCutAnywhere_IsUnreadableOrNotLonger(string name)
    {
        var whole = File.ReadAllBytes(set.PathOf(name));
        var full = Assert.IsType<MediaReading.Read>(Read(whole)).Facts;

        foreach (var length in Lengths(whole.Length))
        {
            if (Read(whole[..length]) is MediaReading.Read { Facts: var facts })
            {
                Assert.True(facts.Duration <= full.Duration, $"{name} cut to {length} bytes lasts {facts.Duration}, whole {full.Duration}");
                Assert.True(facts.Duration > TimeSpan.Zero);
                Assert.Equal(length, facts.Bytes);
            }
        }
    }

    [Theory]
    [InlineData("plain.mp4")]
    [InlineData("faststart.mp4")]
    [InlineData("plain.mov")]
    [InlineData("mono.m4a")]
    [InlineData("mono.wav")]
    [InlineData("rf64.wav")]
    [InlineData("cbr.mp3")]
    [InlineData("vbr.mp3")]
    public void Read_FileThatKnowsItsLengthCut_IsUnreadable(string name)
    {
        var whole = File.ReadAllBytes(set.PathOf(name));

        // An mp3 tells by frames, so its last two are not missed.
        foreach (var length in Lengths(whole.Length - (name.EndsWith(".mp3", StringComparison.Ordinal) ? 1100 : 0)))
        {
            Assert.IsType<MediaReading.Unreadable>(Read(whole[..length]));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Read_BytesChanged_EndsInAResult(string name)
    {
        var bytes = File.ReadAllBytes(set.PathOf(name));
        var random = new Random(name.Sum(c => c));
        for (var i = 0; i < Mutations; i++)
        {
            var changed = (byte[])bytes.Clone();
            for (var hits = i % 4 == 3 ? 8 : 1; hits > 0; hits--)
            {
                changed[Target(random, changed.Length)] = random.Next(3) switch { 0 => 0xFF, 1 => 0, _ => (byte)random.Next(256) };
            }

            Assert.NotNull(Read(changed));
            using var content = new MemoryStream(changed);
            Assert.NotEqual("", Mp4Structure.Problem(content));
        }
    }

    [Fact]
    public void Read_RandomBytes_IsUnreadable()
    {
        var random = new Random(1);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = new byte[random.Next(1, 5000)];
            random.NextBytes(bytes);

            Assert.IsType<MediaReading.Unreadable>(Read(bytes));
        }
    }

    private static MediaReading Read(byte[] bytes)
    {
        using var content = new MemoryStream(bytes);
        return MediaReader.Read(content);
    }

    /// <summary>Every length near the start, where the headers are, then some eighty up to one byte short.</summary>
    private static IEnumerable<int> Lengths(int length) =>
        Enumerable.Range(0, Math.Min(length, 100)).Concat(Enumerable.Range(1, 80).Select(i => (int)((long)(length - 1) * i / 80)));

    // Headers stand at the ends: most changes go there.
    private static int Target(Random random, int length) => random.Next(3) switch
    {
        0 => random.Next(Math.Min(length, 2048)),
        1 => length - 1 - random.Next(Math.Min(length, 2048)),
        _ => random.Next(length),
    };
}
