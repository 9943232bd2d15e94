using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Queue;

public class PriceTests
{
    [Theory]
    [InlineData("""{"price_info":{"price":152000,"unit":"second"},"pricing_details":"$0.152 per second","percentage_discount":0}""", 0.152, "second", "$0.152 per second", 0)]
    [InlineData("""{"price_info":{"price":"70000"},"percentage_discount":"20"}""", 0.07, null, null, 20)]
    [InlineData("""{"price_info":"{\"price\":7000,\"unit\":\"request\"}"}""", 0.007, "request", null, 0)]
    [InlineData("""{"pricing_details":"ask us"}""", null, null, "ask us", 0)]
    [InlineData("""{"price_info":{"price":-1},"pricing_details":"x"}""", null, null, "x", 0)]
    public async Task PriceAsync_EachShape_IsMillionthsOfADollar(string body, double? usd, string? unit, string? details, int discount)
    {
        await using var queue = TestQueue.Answering(ScriptedReply.Json(200, body));

        var price = await queue.Client.PriceAsync("kling-lip-sync", CancellationToken.None);

        Assert.Equal(new ModelPrice("kling-lip-sync", (decimal?)usd, unit, details, discount), price);
        Assert.Equal("/base/apikey/models/kling-lip-sync", Assert.Single(queue.Server.Requests).Target);
    }

    [Theory]
    [InlineData(200, "{}")]
    [InlineData(200, "[]")]
    [InlineData(200, "")]
    [InlineData(404, "{}")]
    [InlineData(500, "{}")]
    public async Task PriceAsync_NoPrice_IsNull(int status, string body)
    {
        await using var queue = TestQueue.Answering(ScriptedReply.Json(status, body));

        Assert.Null(await queue.Client.PriceAsync("kling-lip-sync", CancellationToken.None));
    }
}
