using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Xunit;

namespace GmiKlingFlow.Simulator.Tests.Requests;

public sealed class RefusalTests(SampleMedia media)
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("wrong")]
    public async Task AnyCall_WithoutTheKey_Is401(string? key)
    {
        await using var client = await Client.StartAsync(media, o => o with { ApiKey = "right" });
        foreach (var (method, path) in new[] { ("GET", "/models"), ("GET", "/models/kling-lip-sync"), ("GET", "/requests"), ("GET", "/requests/1"), ("POST", "/requests"), ("POST", "/upload-url") })
        {
            using var response = await client.SendAsync(new HttpMethod(method), path, method == "POST" ? new StringContent("{}", Encoding.UTF8, "application/json") : null, key);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }

        using var right = await client.SendAsync(HttpMethod.Get, "/models", null, "right");
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.Empty(client.Server.Ledger.Charges);
    }

    [Fact]
    public async Task AnyCall_WithAnotherScheme_Is401()
    {
        await using var client = await Client.StartAsync(null);
        using var request = new HttpRequestMessage(HttpMethod.Get, client.Server.BaseUrl + "/models");
        request.Headers.Authorization = new AuthenticationHeaderValue("Key", "key");
        using var response = await client.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"model\":")]
    [InlineData("{\"model\":1,\"payload\":{}}")]
    [InlineData("{\"model\":\"kling-lip-sync\"}")]
    [InlineData("{\"model\":\"kling-lip-sync\",\"payload\":[]}")]
    [InlineData("{\"model\":\"kling-lip-sync\",\"payload\":{\"session_id\":\"\\ud800\",\"face_choose\":[{}]}}")]
    [InlineData("{\"\\ud800\":1,\"model\":\"kling-lip-sync\",\"payload\":{}}")]
    public async Task Submit_BodyThatIsNoRequest_Is400(string body)
    {
        await using var client = await Client.StartAsync(null);
        using var response = await client.PostAsync("/requests", body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.StartsWith("invalid request body", (await Client.JsonAsync(response)).GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_DeeplyNestedOrNotUtf8_Is400()
    {
        await using var client = await Client.StartAsync(null);
        using var deep = await client.PostAsync("/requests", $"{{\"model\":\"kling-lip-sync\",\"payload\":{{\"x\":{new string('[', 5000)}{new string(']', 5000)}}}}}");
        Assert.Equal(HttpStatusCode.BadRequest, deep.StatusCode);
        var bytes = new ByteArrayContent([.. "{\"model\":\""u8, 0xff, .. "\",\"payload\":{}}"u8]);
        bytes.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var broken = await client.SendAsync(HttpMethod.Post, "/requests", bytes);
        Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);
    }

    [Fact]
    public async Task Submit_MoreThanFiftyMegabytes_Is413()
    {
        await using var client = await Client.StartAsync(null);
        var huge = new ByteArrayContent(new byte[50_000_001]);
        huge.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await client.SendAsync(HttpMethod.Post, "/requests", huge);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Submit_FortyMegabytes_AreRead()
    {
        await using var client = await Client.StartAsync(null);
        using var response = await client.PostAsync("/requests", $"{{\"model\":\"nobody\",\"payload\":{{\"x\":\"{new string('A', 40_000_000)}\"}}}}");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Submit_NotSaidToBeJson_Is415()
    {
        await using var client = await Client.StartAsync(null);
        using var response = await client.SendAsync(HttpMethod.Post, "/requests", new StringContent("{}", Encoding.UTF8, "text/plain"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task Submit_UnknownModel_Is404InTheServicesWords()
    {
        await using var client = await Client.StartAsync(null);
        using var response = await client.PostAsync("/requests", "{\"model\":\"Kling-Lip-Sync\",\"payload\":{\"a\":1}}");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("model Kling-Lip-Sync does not exist", (await Client.JsonAsync(response)).GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("kling-identify-face", "{}", "video_url is missing")]
    [InlineData("kling-identify-face", "{\"video_url\":5}", "video_url must be a string")]
    [InlineData("kling-lip-sync", "{}", "session_id is missing")]
    [InlineData("kling-lip-sync", "{\"session_id\":5,\"face_choose\":[]}", "session_id must be a string")]
    [InlineData("kling-lip-sync", "{\"session_id\":\"5\"}", "face_choose is missing")]
    [InlineData("kling-lip-sync", "{\"session_id\":\"5\",\"face_choose\":{}}", "face_choose must be an array")]
    public async Task Submit_AgainstTheSchema_Is400AndNotCharged(string model, string payload, string problem)
    {
        await using var client = await Client.StartAsync(null);
        using var response = await client.PostAsync("/requests", $"{{\"model\":\"{model}\",\"payload\":{payload}}}");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal($"invalid payload parameters: {problem}", (await Client.JsonAsync(response)).GetProperty("error").GetString());
        Assert.Empty(client.Server.Ledger.Charges);
    }

    [Fact]
    public async Task Submit_WithoutCredit_Is402UntilThereIsSome()
    {
        await using var client = await Client.StartAsync(media, o => o with { CreditUsd = 0.01m });
        await client.SessionAsync("host.mp4");
        using var refused = await client.SubmitAsync("kling-identify-face", new System.Text.Json.Nodes.JsonObject { ["video_url"] = client.Media("host.mp4") });
        Assert.Equal(HttpStatusCode.PaymentRequired, refused.StatusCode);
        Assert.Equal("Insufficient credits. Please add more credits to your account.", (await Client.JsonAsync(refused)).GetProperty("error").GetString());
        Assert.Equal(0.003m, client.Server.Ledger.CreditUsd);
        client.Server.Ledger.SetCredit(1);
        await client.SessionAsync("host.mp4");
    }

    [Fact]
    public async Task Get_UnknownRequest_Is404()
    {
        await using var client = await Client.StartAsync(null);
        using var response = await client.SendAsync(HttpMethod.Get, "/requests/5b1e0f0a-7f0e-4a53-9c55-0d7f7a0c1d22");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(JsonValueKind.String, (await Client.JsonAsync(response)).GetProperty("error").ValueKind);
    }

    [Fact]
    public async Task Delete_Request_IsNotOffered()
    {
        await using var client = await Client.StartAsync(null);
        using var response = await client.SendAsync(HttpMethod.Delete, "/requests/1");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("many")]
    public async Task List_LimitThatIsNoCount_Is400(string limit)
    {
        await using var client = await Client.StartAsync(null);
        using var response = await client.SendAsync(HttpMethod.Get, $"/requests?limit={limit}");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task LipSync_MoreAtOnceThanAllowed_Is429WithCode1303()
    {
        var time = new GmiKlingFlow.Testing.ManualTimeProvider();
        await using var client = await Client.StartAsync(media, o => o with { ParallelLimit = 1 }, time);
        var payload = () => new System.Text.Json.Nodes.JsonObject { ["session_id"] = "1", ["face_choose"] = new System.Text.Json.Nodes.JsonArray(client.Entry()) };
        using var first = await client.SubmitAsync("kling-lip-sync", payload());
        using var second = await client.SubmitAsync("kling-lip-sync", payload());
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        Assert.Contains("1303", await second.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Single(client.Server.Ledger.Charges);
    }
}
