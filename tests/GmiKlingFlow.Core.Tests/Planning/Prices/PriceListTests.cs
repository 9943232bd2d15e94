using FsCheck;
using FsCheck.Fluent;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Prices;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Planning.Prices;

public sealed class PriceListTests
{
    private static readonly DateOnly Day = new(2026, 11, 22);

    [Theory]
    [InlineData(70_000, "5 seconds", "$0.07 per started 5 s", 0.14)]
    [InlineData(80_000, "5s", "$0.08 per started 5 s", 0.16)]
    [InlineData(80_000, "per started 5 seconds", "$0.08 per started 5 s", 0.16)]
    [InlineData(80_000, "5-second", "$0.08 per started 5 s", 0.16)]
    [InlineData(14_000, "second", "$0.07 per started 5 s", 0.14)]
    [InlineData(20_000, "Seconds", "$0.10 per started 5 s", 0.2)]
    [InlineData(20_000, "per sec", "$0.10 per started 5 s", 0.2)]
    [InlineData(30_000, "2 seconds", "$0.09 per started 5 s", 0.18)]
    [InlineData(90_000, "10 s", "$0.09 per started 10 s", 0.09)]
    [InlineData(400_000, "request", "$0.40 per request", 0.4)]
    public void Of_UnitOfALipSync_IsCountedForStartedTime(long price, string unit, string text, double sevenSeconds)
    {
        var list = PriceList.Of([new(ModelNames.LipSync, price, unit, Day)]);

        Assert.Equal((text, (decimal)sevenSeconds), (list.TextOf(ModelNames.LipSync), list.SyncUsd(TimeSpan.FromSeconds(7))));
        Assert.Equal("GET /models of 2026-11-22 for lip-sync, built-in list of 2026-09-20 (Kling) for identify", list.Source);
    }

    [Theory]
    [InlineData("request")]
    [InlineData("call")]
    [InlineData("per request")]
    [InlineData("Video")]
    public void Of_UnitOfAnIdentify_IsEachRequest(string unit) =>
        Assert.Equal(0.009m, PriceList.Of([new(ModelNames.IdentifyFace, 9_000, unit, Day)]).IdentifyUsd);

    [Theory]
    [InlineData(ModelNames.LipSync, "")]
    [InlineData(ModelNames.LipSync, "image")]
    [InlineData(ModelNames.LipSync, "token")]
    [InlineData(ModelNames.LipSync, "0 seconds")]
    [InlineData(ModelNames.LipSync, "61 seconds")]
    [InlineData(ModelNames.LipSync, "99999999999 seconds")]
    [InlineData(ModelNames.LipSync, "5 requests")]
    [InlineData(ModelNames.LipSync, "minute")]
    [InlineData(ModelNames.IdentifyFace, "second")]
    [InlineData(ModelNames.IdentifyFace, "image")]
    public void Doubt_UnknownUnit_SaysSoAndTheBuiltInPriceCounts(string model, string unit)
    {
        var quote = new PriceQuote(model, 70_000, unit, Day);

        Assert.Equal(PriceList.BuiltIn, PriceList.Of([quote]));
        var doubt = PriceList.Doubt(quote, PriceList.BuiltIn);
        Assert.Equal(("GKF7080", Severity.Warning), (doubt?.Code, doubt?.Severity));
        Assert.Contains(PriceList.BuiltIn.TextOf(model), doubt?.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ModelNames.LipSync, 0, "5 seconds", false)]
    [InlineData(ModelNames.LipSync, -70_000, "5 seconds", false)]
    [InlineData(ModelNames.LipSync, long.MinValue, "second", false)]
    [InlineData(ModelNames.LipSync, 17_499, "5 seconds", false)]
    [InlineData(ModelNames.LipSync, 17_500, "5 seconds", true)]
    [InlineData(ModelNames.LipSync, 3_499, "second", false)]
    [InlineData(ModelNames.LipSync, 3_500, "second", true)]
    [InlineData(ModelNames.LipSync, 70_000, "60 seconds", false)]
    [InlineData(ModelNames.LipSync, 70_000, "request", false)]
    [InlineData(ModelNames.LipSync, 210_000, "request", true)]
    [InlineData(ModelNames.IdentifyFace, 0, "request", false)]
    [InlineData(ModelNames.IdentifyFace, 1_749, "request", false)]
    [InlineData(ModelNames.IdentifyFace, 1_750, "request", true)]
    public void IsUsable_LowPrice_OnlyDownToAQuarterOfTheBuiltInOne(string model, long price, string unit, bool usable)
    {
        var quote = new PriceQuote(model, price, unit, Day);

        Assert.Equal(usable, PriceList.IsUsable(quote));
        Assert.Equal(usable ? null : "GKF7081", PriceList.Doubt(quote, PriceList.BuiltIn)?.Code);
        Assert.Equal(usable, PriceList.Of([quote]) != PriceList.BuiltIn);
    }

    [Theory]
    [InlineData(ModelNames.LipSync, 7_000_000, null)]
    [InlineData(ModelNames.LipSync, 70_000_000, "GKF7082")]
    [InlineData(ModelNames.LipSync, long.MaxValue, "GKF7082")]
    [InlineData(ModelNames.IdentifyFace, 700_001, "GKF7082")]
    public void Doubt_PriceFarAbove_WarnsAndCounts(string model, long price, string? code)
    {
        var quote = new PriceQuote(model, price, model == ModelNames.LipSync ? "5 seconds" : "request", Day);

        Assert.Equal(code, PriceList.Doubt(quote, PriceList.BuiltIn)?.Code);
        Assert.True(PriceList.IsUsable(quote));
    }

    [Fact]
    public void Of_BothModels_NamesTheDays()
    {
        PriceQuote identify = new(ModelNames.IdentifyFace, 7_000, "request", Day), sync = new(ModelNames.LipSync, 70_000, "5 seconds", Day);

        Assert.Equal("GET /models of 2026-11-22", PriceList.Of([identify, sync]).Source);
        Assert.Equal("GET /models of 2026-11-22 (identify) and 2026-11-23 (lip-sync)", PriceList.Of([identify, sync with { Day = Day.AddDays(1) }]).Source);
        Assert.True(PriceList.Of([identify, sync]).CostsAs(PriceList.BuiltIn));
        Assert.Equal(PriceList.BuiltIn, PriceList.Of([identify with { Model = "another" }]));
    }

    [Fact]
    public void Of_AnyQuote_NeverCostsLessThanAQuarterOfTheBuiltInList() => Check.One(PropertyRun.Config, Prop.ForAll<long, byte, NonNegativeInt>((price, unit, clip) =>
    {
        string[] units = ["second", "5 seconds", "10 seconds", "60 seconds", "request", "image", "7s"];
        var list = PriceList.Of([new(ModelNames.LipSync, price, units[unit % units.Length], Day), new(ModelNames.IdentifyFace, price, "request", Day)]);
        var length = TimeSpan.FromMilliseconds(clip.Get % 60_001);

        Assert.True(list.SyncUsd(length) >= PriceList.BuiltIn.SyncUsd(length) / 4, $"{list.SyncUsd(length)} for {length}");
        Assert.True(list.IdentifyUsd >= PriceList.BuiltIn.IdentifyUsd / 4);
    }));

    [Fact]
    public void PriceDiagnostics_EachCode_IsOfItsStageAndExplained() =>
        Assert.All(CatalogueAssert.CodesInStage(typeof(PriceDiagnostics), '7'), code => Assert.Contains(code, Explanation.Codes));
}
