using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using GmiKlingFlow.Simulator.Faults;
using Xunit;

namespace GmiKlingFlow.Simulator.Tests.Faults;

public sealed class FaultTests(SampleMedia media)
{
    [Theory]
    [InlineData("400", 400, "application/json", "{\"error\":\"invalid payload parameters\"}")]
    [InlineData("401", 401, "application/json", "{\"error\":\"unauthorized\"}")]
    [InlineData("402", 402, "application/json", "{\"error\":\"Insufficient credits. Please add more credits to your account.\"}")]
    [InlineData("403", 403, "application/json", "{\"error\":")]
    [InlineData("404", 404, "application/json", "{\"error\":\"model kling-identify-face does not exist\"}")]
    [InlineData("429", 429, "application/json", "{\"error\":\"rate limit exceeded\"}")]
    [InlineData("429-retry-after 30", 429, "application/json", "{\"error\":\"rate limit exceeded\"}")]
    [InlineData("500", 500, "application/json", "{\"error\":")]
    [InlineData("500-backend-400", 500, "application/json", "{\"error\":\"Backend error (400). Please try again.\"}")]
    [InlineData("502-html", 502, "text/html", "<html>")]
    [InlineData("503", 503, "application/json", "{\"error\":")]
    [InlineData("504", 504, "text/plain", "upstream timeout")]
    [InlineData("html-200", 200, "text/html", "<html>")]
    [InlineData("empty-200", 200, "application/json", "")]
    [InlineData("garbage-200", 200, "application/json", "{\"request_id\":\"5b1e0f0a-7f0e-4a53-")]
    public async Task Submit_FaultBeforeTheWork_AnswersSoAndTakesNothing(string kind, int status, string type, string body)
    {
        await using var client = await StartAsync($"POST /requests: {kind} first 1");
        using var response = await SubmitAsync(client);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith(body, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(kind.EndsWith("30", StringComparison.Ordinal) ? TimeSpan.FromSeconds(30) : null, response.Headers.RetryAfter?.Delta);
        Assert.Empty(client.Server.Ledger.Charges);
        using var next = await SubmitAsync(client);
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Theory]
    [InlineData("500-accepted", 500)]
    [InlineData("502-html-accepted", 502)]
    [InlineData("503-accepted", 503)]
    [InlineData("504-accepted", 504)]
    [InlineData("html-200-accepted", 200)]
    [InlineData("empty-200-accepted", 200)]
    [InlineData("garbage-200-accepted", 200)]
    [InlineData("reset-accepted", null)]
    public async Task Submit_FaultAfterTheWork_LeavesTheFinishedRequestInTheList(string kind, int? status)
    {
        await using var client = await StartAsync($"POST /requests: {kind}");
        if (status is null)
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => SubmitAsync(client));
        }
        else
        {
            using var response = await SubmitAsync(client);
            Assert.Equal(status, (int)response.StatusCode);
        }

        var record = Assert.Single((await client.GetAsync("/requests")).GetProperty("requests").EnumerateArray());
        Assert.Equal("success", record.GetProperty("status").GetString());
        Assert.Single(client.Server.Ledger.Charges);
    }

    [Fact]
    public async Task Submit_Reset_CutsTheConnectionAndTakesNothing()
    {
        await using var client = await StartAsync("POST /requests: reset");
        await Assert.ThrowsAsync<HttpRequestException>(() => SubmitAsync(client));
        Assert.Empty(client.Server.Ledger.Charges);
    }

    [Fact]
    public async Task Submit_Hang_NeverAnswersAndEndsWithTheServer()
    {
        await using var client = await StartAsync("POST /requests: hang");
        var hanging = SubmitAsync(client);
        while (client.Server.Ledger.Calls.GetValueOrDefault("POST /requests") == 0)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Assert.False(hanging.IsCompleted);
        await client.Server.DisposeAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => hanging);
    }

    [Theory]
    [InlineData("failed", "failed", "risk control")]
    [InlineData("rate-limit", "failed", "rate limit exceeded(RPM)")]
    [InlineData("cancelled", "cancelled", "cancelled")]
    public async Task Submit_RequestThatIsToFail_IsTakenAndEndsSo(string kind, string status, string text)
    {
        await using var client = await StartAsync($"POST /requests kling-lip-sync: {kind}");
        var record = await client.SyncAsync(await client.SessionAsync("host.mp4"), client.Entry());
        Assert.Equal(status, record.GetProperty("status").GetString());
        Assert.Contains(text, Client.Error(record), StringComparison.Ordinal);
        Assert.Equal(2, client.Server.Ledger.Charges.Count);
    }

    [Theory]
    [InlineData("kling-identify-face")]
    [InlineData("kling-lip-sync")]
    public async Task Submit_StuckQueued_StaysSoWithoutMoving(string model)
    {
        await using var client = await StartAsync($"POST /requests {model}: stuck-queued");
        using var response = model == "kling-identify-face"
            ? await SubmitAsync(client)
            : await client.SubmitAsync(model, new JsonObject { ["session_id"] = "1", ["face_choose"] = new JsonArray(client.Entry()) });
        var id = (await Client.JsonAsync(response)).GetProperty("request_id").GetString();
        for (var i = 0; i < 3; i++)
        {
            var record = await client.GetAsync($"/requests/{id}");
            Assert.Equal("queued", record.GetProperty("status").GetString());
            Assert.Equal(record.GetProperty("created_at").GetInt64(), record.GetProperty("updated_at").GetInt64());
        }
    }

    [Fact]
    public async Task Get_Cut_BreaksOffInTheMiddleAndCanBeContinued()
    {
        await using var client = await StartAsync("GET /media/*: cut first 1");
        var whole = await File.ReadAllBytesAsync(media.PathOf("host.mp4"), TestContext.Current.CancellationToken);
        using var response = await client.Http.GetAsync(client.Media("host.mp4"), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal(whole.Length, response.Content.Headers.ContentLength);
        using var got = new MemoryStream();
        await Assert.ThrowsAsync<HttpRequestException>(() => response.Content.CopyToAsync(got, TestContext.Current.CancellationToken));
        Assert.Equal(whole.Length / 2, got.Length);

        using var rest = new HttpRequestMessage(HttpMethod.Get, client.Media("host.mp4"));
        rest.Headers.Range = new RangeHeaderValue(got.Length, null);
        using var answer = await client.Http.SendAsync(rest, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        await answer.Content.CopyToAsync(got, TestContext.Current.CancellationToken);
        Assert.Equal(whole, got.ToArray());
    }

    [Fact]
    public async Task Get_Redirect_NotesAKeyThatFollowsIt()
    {
        await using var client = await StartAsync("GET /requests/*: redirect");
        using var response = await client.SendAsync(HttpMethod.Get, "/requests/1");
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        using var follow = new HttpRequestMessage(HttpMethod.Get, response.Headers.Location);
        follow.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "key");
        using var followed = await client.Http.SendAsync(follow, TestContext.Current.CancellationToken);
        Assert.StartsWith("/elsewhere/", Assert.Single(client.Server.Ledger.StrayAuthorizations).Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Slow_AnswersRightAfterTheDelay()
    {
        var time = new GmiKlingFlow.Testing.ManualTimeProvider();
        await using var client = await Client.StartAsync(null, o => o with { Faults = [Rule("GET /models: slow 10s")] }, time);
        var answer = client.GetAsync("/models");
        Assert.Equal(TimeSpan.FromSeconds(10), await time.AdvanceToNextTimerAsync(TestContext.Current.CancellationToken));
        Assert.Equal(2, (await answer).GetProperty("model_ids").GetArrayLength());
    }

    [Fact]
    public async Task Upload_FaultAfterTheWork_HasStoredTheFile()
    {
        await using var client = await StartAsync("PUT /storage/*: 503-accepted");
        var (put, url) = await Uploads.GrantAsync(client, "wav");
        using var response = await Uploads.PutAsync(client, put, "audio/wav", [1, 2, 3]);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal([1, 2, 3], await client.Http.GetByteArrayAsync(url, TestContext.Current.CancellationToken));
    }

    private static FaultRule Rule(string text)
    {
        Assert.True(FaultRule.TryParse(text, out var rule, out var error), error);
        return rule;
    }

    private Task<Client> StartAsync(string fault) => Client.StartAsync(media, o => o with { Faults = [Rule(fault)] });

    private static Task<HttpResponseMessage> SubmitAsync(Client client) =>
        client.SubmitAsync("kling-identify-face", new JsonObject { ["video_url"] = client.Media("host.mp4") });
}
