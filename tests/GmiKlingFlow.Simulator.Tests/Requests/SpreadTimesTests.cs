using System.Globalization;
using System.Text.Json;
using GmiKlingFlow.Simulator.Requests;
using Xunit;

namespace GmiKlingFlow.Simulator.Tests.Requests;

public sealed class SpreadTimesTests
{
    [Fact]
    public void Factor_ManyRequests_LiesEvenlyBetweenOneAndTheSpread()
    {
        var factors = Enumerable.Range(0, 1000).Select(static i => Of(i, "s1", spread: 10)).Order().ToList();

        Assert.All(factors, static factor => Assert.InRange(factor, 1, 10));
        Assert.InRange(factors[500], 5, 6);
        Assert.InRange(factors[100], 1.5, 2.3);
    }

    [Fact]
    public void Factor_SameNumbersInAnotherSession_IsTheSame()
    {
        Assert.Equal(Of(7, "s1", spread: 10), Of(7, "s2", spread: 10));
        Assert.NotEqual(Of(7, "s1", spread: 10), Of(8, "s1", spread: 10));
        Assert.Equal(1, Of(7, "s1", spread: 1));
    }

    private static double Of(int insert, string session, double spread)
    {
        using var payload = JsonDocument.Parse(string.Create(
            CultureInfo.InvariantCulture, $$"""{"session_id":"{{session}}","face_choose":[{"face_id":"0","sound_insert_time":{{insert}},"sound_volume":1}]}"""));
        return SpreadTimes.Factor(payload.RootElement, spread);
    }
}
