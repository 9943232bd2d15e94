using FsCheck;
using FsCheck.Fluent;
using GmiKlingFlow.Cli.Output.Plans;
using GmiKlingFlow.Core.Timing;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Output.Plans;

public sealed class TimelineBarTests
{
    [Theory]
    [InlineData("face seen all the while", 10_000, 2000, 6000, 0, 10_000, "|────████████────────|")]
    [InlineData("face seen for a part", 10_000, 2000, 6000, 4000, 10_000, "|····!!!!████────────|")]
    [InlineData("face never seen with it", 10_000, 2000, 6000, 7000, 9000, "|····!!!!!!!!··────··|")]
    [InlineData("face gone a moment too early", 10_000, 2000, 6000, 0, 5990, "|────███████!········|")]
    [InlineData("face not known", 10_000, 2000, 6000, -1, -1, "|????▒▒▒▒▒▒▒▒????????|")]
    [InlineData("past the video", 8000, 6000, 10_000, 0, 8000, "|────────────████!!!!|")]
    [InlineData("beyond the video", 8000, 9000, 10_000, 0, 8000, "|────────────────  !!|")]
    [InlineData("video of unknown length", -1, 0, 5000, 0, 10_000, "|████████───────?????…")]
    [InlineData("nothing but the clip known", -1, 0, 5000, -1, -1, "|▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒?????…")]
    [InlineData("a moment", 60_000, 30_000, 30_001, 0, 60_000, "|──────────█─────────|")]
    public void Text_Times_AreDrawnAsTheyAre(string what, long video, long start, long end, long faceStart, long faceEnd, string bar)
    {
        Assert.NotNull(what);
        Assert.Equal(bar, new TimelineBar(Time(video), Range(start, end) ?? default, Range(faceStart, faceEnd)).Text(22));
    }

    [Theory]
    [InlineData(9, "")]
    [InlineData(10, "|████····|")]
    [InlineData(200, "|███████████████████████████████·······························|")]
    public void Text_Columns_AreFilledUpToSixtyFour(int columns, string bar) =>
        Assert.Equal(bar, new TimelineBar(Time(1000), Range(0, 500) ?? default, Range(0, 500)).Text(columns));

    [Fact]
    public void Text_AnyTimes_EveryCellIsTrue()
    {
        var cases =
            from video in Gen.Choose(1, 60_000)
            from start in Gen.Choose(0, 60_000)
            from length in Gen.Choose(1, 60_000)
            from faceStart in Gen.Choose(0, 60_000)
            from faceLength in Gen.Choose(0, 60_000)
            from columns in Gen.Choose(10, 80)
            from faceKnown in Gen.Elements(true, true, false)
            select (video, start, end: start + length, face: faceKnown ? Range(faceStart, faceStart + faceLength) : null, columns);
        Check.One(PropertyRun.Config.WithMaxTest(2000), Prop.ForAll(cases.ToArbitrary(), given =>
        {
            var (video, start, end, face, columns) = given;
            var clip = Range(start, end) ?? default;
            var bar = new TimelineBar(Time(video), clip, face).Text(columns);
            var whole = Math.Max(video, end);
            Assert.Equal(Math.Min(columns, 64), bar.Length);
            for (var i = 0; i < bar.Length - 2; i++)
            {
                // Every millisecond of the cell agrees with its sign, or the sign is the one that promises less.
                var (from, to) = (whole * (double)i / (bar.Length - 2), whole * (i + 1d) / (bar.Length - 2));
                bool Clipped(double t) => t >= start && t < end;
                bool Seen(double t) => face is { } f && t >= f.Start.TotalMilliseconds && t < f.End.TotalMilliseconds;
                var sign = bar[i + 1];
                foreach (var t in Enumerable.Range(0, 20).Select(k => from + ((to - from) * (k + 0.5) / 20)))
                {
                    Assert.True(sign switch
                    {
                        '█' => !Clipped(t) || (Seen(t) && t < video),
                        '▒' => face is null,
                        '─' => !Clipped(t),
                        '·' => !Clipped(t) && !Seen(t),
                        '?' => face is null && !Clipped(t),
                        ' ' => t >= video && !Clipped(t),
                        _ => sign == '!',
                    }, $"{bar} at {t}");
                }
            }

            return true;
        }));
    }

    private static TimeSpan? Time(long milliseconds) => milliseconds < 0 ? null : TimeSpan.FromMilliseconds(milliseconds);

    private static TimeRange? Range(long start, long end) => start < 0 ? null : new TimeRange(TimeSpan.FromMilliseconds(start), TimeSpan.FromMilliseconds(end));
}
