using System.Text;
using GmiKlingFlow.Core.Subtitles;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Subtitles;

public sealed class SubtitleReaderTests
{
    [Theory]
    [InlineData("00:00:01,000 --> 00:00:03,500", 1000, 3500)]
    [InlineData("00:00:01.000 --> 00:00:03.500", 1000, 3500)]
    [InlineData("00:01,000 --> 00:03,500", 1000, 3500)]
    [InlineData("  0:0:1,000-->0:0:3,500\t X1:40 X2:600 Y1:20 Y2:50", 1000, 3500)]
    [InlineData("00:00:01 --> 00:00:03", 1000, 3000)]
    [InlineData("100:00:00,000 --> 123456:59:59,999", 360_000_000, 444_445_199_999)]
    [InlineData("00:59.000 --> 00:59.001 align:start position:10%,line-left", 59_000, 59_001)]
    public void Read_TimesPlayersTake_AreRead(string times, long start, long end)
    {
        var cue = Assert.Single(Right($"1\n{times}\nHello\n").Cues);

        Assert.Equal((start, end), ((long)cue.Times.Start.TotalMilliseconds, (long)cue.Times.End.TotalMilliseconds));
    }

    [Theory]
    [InlineData("-00:00:01,000 --> 00:00:03,500", 1, 14)]
    [InlineData("00:00:01,000 --> -00:00:03,500", 18, 31)]
    [InlineData("00:00:01,5 --> 00:00:03,500", 1, 11)]
    [InlineData("00:60:01,000 --> 00:61:03,500", 1, 13)]
    [InlineData("00:00:01,000 --> ", 18, 18)]
    [InlineData("--> 00:00:01,000", 1, 1)]
    [InlineData("１:00:01,000 --> 00:00:03,500", 1, 12)]
    [InlineData("00:00:01,000 --> 00:00:03,500,", 18, 31)]
    [InlineData("1234567:00:01,000 --> 00:00:03,500", 1, 18)]
    [InlineData("99999999999999999999:00:01,000 --> 00:00:03,500", 1, 31)]
    [InlineData("1:2:3:4 --> 00:00:03,500", 1, 8)]
    public void Read_OtherTimes_AreUnderlinedWhereTheyStand(string times, int column, int endColumn)
    {
        var (file, problems) = SubtitleCase.Read($"1\n{times}\nHello\n");

        var span = Assert.Single(problems).Place?.Span;
        Assert.Null(file);
        Assert.Equal("GKF4407", Assert.Single(problems).Code);
        Assert.Equal((2, column, endColumn), (span?.Line ?? 0, span?.Column ?? 0, span?.EndColumn ?? 0));
    }

    [Theory]
    [InlineData("1\r\n00:00:01,000 --> 00:00:03,500\r\nA\r\nB\r\n\r\n2\r\n00:00:04,000 --> 00:00:06,500\r\nC\r\n")]
    [InlineData("1\r00:00:01,000 --> 00:00:03,500\rA\rB\r\r2\r00:00:04,000 --> 00:00:06,500\rC")]
    [InlineData("\ufeff1\n00:00:01,000 --> 00:00:03,500\nA\nB\n2\n00:00:04,000 --> 00:00:06,500\nC")]
    [InlineData("\n\n00:00:01,000 --> 00:00:03,500\nA\nB\n \t\n\n\n00:00:04,000 --> 00:00:06,500\nC\n\n\n")]
    [InlineData("WEBVTT - a title\nKind: captions\n\nSTYLE\n::cue(v) { color: red }\n\nNOTE nothing\nof this --\n\nREGION\nid:one\n\nfirst\n00:01.000 --> 00:03.500 region:one\nA\nB\n\nNOTE\n\n00:04.000 --> 00:06.500\nC\n")]
    [InlineData("WEBVTT\n00:01.000 --> 00:03.500\nA\nB\n00:04.000 --> 00:06.500\nC")]
    public void Read_WhatPlayersForgive_GivesTheSameTwoCues(string text)
    {
        var cues = Right(text).Cues;

        Assert.Equal(["1 A B 1000", "2 C 4000"], cues.Select(c => $"{c.Index} {c.Text} {c.Times.Start.TotalMilliseconds}"));
    }

    [Theory]
    [InlineData("<i>Hi</i> <b>you</b><font color=\"red\">!</font>", "Hi you!")]
    [InlineData("{\\an8}<00:00:01.500>Hi <c.loud>you</c>", "Hi you")]
    [InlineData("I <3 you & a < b, 5 > 4", "I <3 you & a < b, 5 > 4")]
    [InlineData("&lt;b&gt; &amp;amp;&nbsp;x", "<b> &amp; x")]
    [InlineData("<i>never closed", "never closed")]
    [InlineData("<never closed", "<never closed")]
    public void Read_MarkUp_IsNoText(string line, string text) => Assert.Equal(text, Assert.Single(Right($"00:01.000 --> 00:03.500\n{line}\n").Cues).Text);

    [Fact]
    public void Read_CuesOutOfOrder_AreSortedAndWarnedAbout()
    {
        var (file, problems) = SubtitleCase.Read(SubtitleCase.Srt("5000-7500 B", "1000-3500 A", "5000-7000 C"));

        Assert.Equal(["A", "B", "C"], file?.Cues.Select(c => c.Text));
        Assert.Equal([2, 1, 3], file?.Cues.Select(c => c.Index));
        Assert.Equal("GKF4411", Assert.Single(problems).Code);
        Assert.Equal(2, Assert.Single(Assert.Single(problems).Related).Span.Line);
    }

    [Theory]
    [InlineData("1\n00:00:01,000 -> 00:00:03,500\nHello\n", "GKF4409", 1)]
    [InlineData("1\n00:00:01,000 --> 00:00:03,500\nHello\n\nthere\n", "GKF4409", 5)]
    [InlineData("1\n00:00:01,000 --> 00:00:03,500\nHello\n\n2\n", "GKF4409", 5)]
    [InlineData("Subtitles by\nnobody\n00:00:01,000 --> 00:00:03,500\nHello\n", "GKF4409", 1)]
    [InlineData("WEBVTT\n\nNOTES are no comment\n\n00:01.000 --> 00:03.500\nHello\n", "GKF4409", 3)]
    [InlineData("WEBVTTX\n\n00:01.000 --> 00:03.500\nHello\n", "GKF4409", 1)]
    [InlineData("1\n00:00:03,500 --> 00:00:01,000\nHello\n", "GKF4408", 2)]
    [InlineData("1\n00:00:03,500 --> 00:00:03,500\nHello\n", "GKF4408", 2)]
    [InlineData("", "GKF4406", 1)]
    [InlineData(" \n\n", "GKF4406", 1)]
    [InlineData("WEBVTT", "GKF4406", 1)]
    [InlineData("Call me Ishmael.\n\nSome years ago\n\nnever mind\n\nhow long\n\nprecisely", "GKF4406", 1)]
    public void Read_WhatWouldLoseWords_IsRefused(string text, string code, int line)
    {
        var (file, problems) = SubtitleCase.Read(text);

        Assert.Null(file);
        Assert.Equal((code, line), (Assert.Single(problems).Code, Assert.Single(problems).Place?.Span.Line ?? 0));
    }

    [Fact]
    public void Read_OtherEncodings_AreNamed()
    {
        (string, byte[])[] texts =
        [
            ("UTF-16", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(SubtitleCase.Cue)]),
            ("UTF-16", [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(SubtitleCase.Cue)]),
            ("UTF-16", Encoding.Unicode.GetBytes(SubtitleCase.Cue)),
            ("UTF-16", Encoding.BigEndianUnicode.GetBytes(SubtitleCase.Cue)),
            ("binary data", [0, 0, 0, 0x18, .. "ftypmp42"u8]),
            ("binary data", [.. Encoding.UTF8.GetBytes(SubtitleCase.Cue), 0]),
        ];
        foreach (var (name, bytes) in texts)
        {
            var problem = Assert.Single(SubtitleCase.Read(bytes).Problems);
            Assert.Equal("GKF4404", problem.Code);
            Assert.Contains($"\"{name}\"", problem.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_Latin1_PointsAtTheFirstForeignLetter()
    {
        var problem = Assert.Single(SubtitleCase.Read(Encoding.Latin1.GetBytes("1\n00:00:01,000 --> 00:00:03,500\nGrüße\n")).Problems);

        Assert.Equal("GKF4405", problem.Code);
        Assert.Equal((3, 3), (problem.Place?.Span.Line ?? 0, problem.Place?.Span.Column ?? 0));
    }

    [Fact]
    public void Read_AnyBytes_EndsWithCuesOrAProblem()
    {
        var random = new Random(4711);
        string[] pieces = ["1\n", "\n", "\r\n", "00:00:01,000", " --> ", "-->", "WEBVTT", "<v ", ">", ">> ", "ANNA:", "[", "]", "(", ":", "&amp;", "{\\", "}", "\u202e", "😀", "- ", "NOTE ", "\t", "\0", "：", "00:00:03,000\n"];
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => pieces[random.Next(pieces.Length)]));
            var bytes = Encoding.UTF8.GetBytes((i % 2 == 0 ? "WEBVTT\n\n" : "") + text);
            if (i % 7 == 0)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var (file, problems) = SubtitleCase.Read(bytes);
            Assert.True(file is null == problems.HasErrors, text);
            Assert.True(file is null || file.Cues.All(c => c.Times.Length > TimeSpan.Zero), text);
        }
    }

    [Fact]
    public void Read_LongLinesAndManyOpenTags_TakeNoMoreThanTheyAreLong()
    {
        foreach (var piece in new[] { "<", "<v ", "[", "(", "&", ">", "-", "{\\", "a:", "<i>", "[a] ", "x --> " })
        {
            var text = $"00:01.000 --> 00:03.500\n{string.Concat(Enumerable.Repeat(piece, 100_000 / piece.Length))}\n";
            SubtitleCase.Read(text);
        }
    }

    private static SubtitleFile Right(string text)
    {
        var (file, problems) = SubtitleCase.Read(text);
        Assert.Empty(problems);
        return file ?? throw new InvalidOperationException("Nothing was read.");
    }
}
