using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace GmiKlingFlow.Simulator.Tests.Accounts;

public sealed class LedgerTests(SampleMedia media)
{
    [Fact]
    public async Task Charges_AreKlingsPricesByStartedFiveSeconds()
    {
        await using var client = await Client.StartAsync(media);
        var session = await client.SessionAsync("pair.mp4");
        await client.SyncAsync(session, client.Entry());
        await client.SyncAsync(session, client.Entry(), client.Entry("voice.mp3", "1", 0, 3000, 2600));
        await client.SyncAsync(session, client.Entry(end: 5001));
        Assert.Equal([0.007m, 0.07m, 0.14m, 0.14m], client.Server.Ledger.Charges.Select(charge => charge.Usd));
        Assert.Equal(0.357m, client.Server.Ledger.SpentUsd);
        Assert.Equal(3, client.Server.Ledger.Accepted("kling-lip-sync"));
    }

    [Fact]
    public async Task Endpoint_TellsEveryRequestOnceByItsPayload()
    {
        await using var client = await Client.StartAsync(media, o => o with { CreditUsd = 5 });
        await client.SessionAsync("host.mp4");
        await client.SessionAsync("host.mp4");
        await client.SessionAsync("pair.mp4");
        var ledger = await client.Http.GetFromJsonAsync<JsonElement>(new Uri(client.Server.BaseUrl, "/_simulator/ledger"), TestContext.Current.CancellationToken);
        Assert.Equal(4.979m, ledger.GetProperty("credit_usd").GetDecimal());
        Assert.Equal(0.021m, ledger.GetProperty("spent_usd").GetDecimal());
        Assert.Equal(3, ledger.GetProperty("requests").GetProperty("kling-identify-face").GetInt32());
        Assert.Equal([2, 1], ledger.GetProperty("payloads").EnumerateArray().Select(p => p.GetProperty("count").GetInt32()));
        Assert.Equal(2, ledger.GetProperty("payloads")[0].GetProperty("request_ids").GetArrayLength());
        Assert.Equal(3, ledger.GetProperty("calls").GetProperty("POST /requests").GetInt32());
        Assert.Equal(0, ledger.GetProperty("stray_authorizations").GetArrayLength());
    }

    [Fact]
    public async Task Calls_AreCountedByWhatTheyAskFor()
    {
        await using var client = await Client.StartAsync(media);
        await client.GetAsync("/requests");
        using var one = await client.SendAsync(HttpMethod.Get, "/requests/1");
        using var other = await client.SendAsync(HttpMethod.Get, "/requests/2");
        using var strange = await client.SendAsync(HttpMethod.Get, "/nothing/here");
        Assert.Equal(
            new Dictionary<string, long> { ["GET /requests"] = 1, ["GET /requests/{id}"] = 2, ["GET /*"] = 1 },
            client.Server.Ledger.Calls);
    }

    [Fact]
    public async Task TwoSimulatorsWithOneSeed_GiveTheSameIds()
    {
        await using var first = await Client.StartAsync(media);
        await using var second = await Client.StartAsync(media);
        await using var other = await Client.StartAsync(media, o => o with { Seed = null });
        var session = await first.SessionAsync("host.mp4");
        Assert.Matches("^[1-9][0-9]{17}$", session);
        Assert.Equal(session, await second.SessionAsync("host.mp4"));
        Assert.NotEqual(session, await other.SessionAsync("host.mp4"));
    }
}
