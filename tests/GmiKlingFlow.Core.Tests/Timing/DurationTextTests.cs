using FsCheck;
using FsCheck.Fluent;
using GmiKlingFlow.Core.Timing;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Timing;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("1500", 1500)]
    [InlineData("1500ms", 1500)]
    [InlineData("1.5s", 1500)]
    [InlineData(" 3s ", 3000)]
    [InlineData("30m", 1_800_000)]
    [InlineData("1m30s", 90_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("1s500ms", 1500)]
    [InlineData("00:00:01.500", 1500)]
    [InlineData("01:02", 62_000)]
    [InlineData("0.0015s", 1.5)]
    public void TryParse_UsualForms_GivesMilliseconds(string text, double milliseconds)
    {
        Assert.True(DurationText.TryParse(text, out var value));
        Assert.Equal(milliseconds, value.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("-1s")]
    [InlineData("1 s")]
    [InlineData("s")]
    [InlineData("1x")]
    [InlineData("1s1s")]
    [InlineData("30s1m")]
    [InlineData("1,5s")]
    [InlineData("1e3")]
    [InlineData("NaN")]
    [InlineData(".5s")]
    [InlineData("5.s")]
    [InlineData("1:60")]
    [InlineData("1:2:3:4")]
    [InlineData("1.5:00")]
    [InlineData("999999999h")]
    [InlineData("٣s")]
    public void TryParse_AnythingElse_IsRefused(string text) => Assert.False(DurationText.TryParse(text, out _));

    [Fact]
    public void Of_WholeMilliseconds_ParsesBackToTheSame() =>
        Prop.ForAll(
            Gen.Choose(0, 100_000_000).ToArbitrary(),
            milliseconds =>
            {
                var value = TimeSpan.FromMilliseconds(milliseconds);
                return DurationText.TryParse(DurationText.Of(value), out var back) && back == value;
            }).Check(PropertyRun.Config);

    [Fact]
    public void TryParse_AnyText_NeverThrows() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => DurationText.TryParse(text ?? "", out _) || true).Check(PropertyRun.Config);
}
