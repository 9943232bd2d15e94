using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Cli.Output.Runs;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Output;

public sealed class LiveRowsTests
{
    private static readonly (string Id, string Time, string State)[] Jobs =
    [
        ("presenter-close-up-take-3-de", "0:05", "identify: submitted"),
        ("presenter-close-up-take-3-fr", "1:05/~3:10", "lip-sync: processing"),
    ];

    [Fact]
    public void Of_NarrowWindow_GivesLongIdsRowsOfTheirOwn() => Assert.Equal(
        ["presenter-close-up-take-3-de", "        0:05  identify: submitted", "presenter-close-up-take-3-fr", "  1:05/~3:10  lip-sync: processing"],
        LiveRows.Of(Jobs, 39));

    [Fact]
    public void Of_WideWindow_GivesEachJobOneRow() => Assert.Equal(
        ["presenter-close-up-take-3-de        0:05  identify: submitted", "presenter-close-up-take-3-fr  1:05/~3:10  lip-sync: processing"],
        LiveRows.Of(Jobs, 100));

    [Fact]
    public void Of_ShortIdsInANarrowWindow_KeepOneRow() => Assert.Equal(["host-de  0:05  sent"], LiveRows.Of([("host-de", "0:05", "sent")], 39));

    [Theory]
    [InlineData("host-de", 7, "host-de")]
    [InlineData("presenter-close-up-take-3-de", 20, "presenter-…take-3-de")]
    [InlineData("日本語日本語日本語", 10, "日本…本語")]
    [InlineData("👩‍👩‍👧", 1, "…")]
    public void CutInside_LongText_KeepsBothEnds(string text, int columns, string expected) => Assert.Equal(expected, Printable.CutInside(text, columns));
}
