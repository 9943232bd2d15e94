using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace GmiKlingFlow.Simulator.Tests.Requests;

public sealed class LifecycleTests(SampleMedia media)
{
    [Fact]
    public async Task Identify_Synchronous_AnswersWithTheFacesAtOnce()
    {
        await using var client = await Client.StartAsync(media);
        var record = await client.IdentifyAsync(client.Media("host.mp4"));
        Assert.Equal(["request_id", "model", "status", "payload", "outcome", "created_at", "updated_at", "queued_at"], Client.Keys(record));
        Assert.Equal("success", record.GetProperty("status").GetString());
        Assert.True(Guid.TryParse(record.GetProperty("request_id").GetString(), out _));
        var data = record.GetProperty("outcome").GetProperty("data");
        Assert.Equal(["session_id", "final_unit_deduction", "final_balance_deduction", "face_data"], Client.Keys(data));
        Assert.Equal("0.05", data.GetProperty("final_unit_deduction").GetString());
        var face = Assert.Single(data.GetProperty("face_data").EnumerateArray());
        Assert.Equal(["face_id", "face_image", "start_time", "end_time"], Client.Keys(face));
        Assert.Equal("0", face.GetProperty("face_id").GetString());
        Assert.Equal(0, face.GetProperty("start_time").GetInt64());
        Assert.InRange(face.GetProperty("end_time").GetInt64(), 6900, 7100);
    }

    [Fact]
    public async Task Identify_Asynchronous_IsQueuedAndFinishedLater()
    {
        await using var client = await Client.StartAsync(media, o => o with { AsynchronousIdentify = true });
        var queued = await client.IdentifyAsync(client.Media("host.mp4"));
        Assert.Equal(["request_id", "model", "status", "created_at", "updated_at", "queued_at"], Client.Keys(queued));
        var final = await client.FinalAsync(queued.GetProperty("request_id").GetString() ?? "");
        Assert.Equal("success", final.GetProperty("status").GetString());
        Assert.Single(final.GetProperty("outcome").GetProperty("data").GetProperty("face_data").EnumerateArray());
    }

    [Fact]
    public async Task LipSync_ValidRequest_EndsWithAResultThatCanBeFetched()
    {
        await using var client = await Client.StartAsync(media);
        var final = await client.SyncAsync(await client.SessionAsync("host.mp4"), client.Entry());
        Assert.Equal(
            ["request_id", "org_id", "user_id", "model", "status", "is_public", "payload", "outcome", "created_at", "updated_at", "queued_at"],
            Client.Keys(final));
        Assert.Equal("success", final.GetProperty("status").GetString());
        var result = Assert.Single(final.GetProperty("outcome").GetProperty("media_urls").EnumerateArray());
        var bytes = await client.Http.GetByteArrayAsync(result.GetProperty("url").GetString(), TestContext.Current.CancellationToken);
        Assert.Equal(await File.ReadAllBytesAsync(media.PathOf("host.mp4"), TestContext.Current.CancellationToken), bytes);
        var note = final.GetProperty("outcome").GetProperty("simulator_note").GetString();
        Assert.Contains("ffmpeg was not found", note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OutcomeShape.VideoUrl, "video_url")]
    [InlineData(OutcomeShape.KlingTask, "data")]
    public async Task LipSync_OtherOutcomeShape_IsUsed(OutcomeShape shape, string key)
    {
        await using var client = await Client.StartAsync(media, o => o with { OutcomeShape = shape });
        var final = await client.SyncAsync(await client.SessionAsync("host.mp4"), client.Entry());
        var value = final.GetProperty("outcome").GetProperty(key);
        var url = shape == OutcomeShape.VideoUrl ? value : value.GetProperty("task_result").GetProperty("videos")[0].GetProperty("url");
        Assert.EndsWith(".mp4", url.GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LipSync_OnAManualClock_PassesThroughTheStatuses()
    {
        var time = new GmiKlingFlow.Testing.ManualTimeProvider();
        await using var client = await Client.StartAsync(media, o => o with { Speed = 1, IdentifyTime = TimeSpan.Zero }, time);
        var session = await client.SessionAsync("host.mp4");
        using var response = await client.SubmitAsync("kling-lip-sync", new JsonObject { ["session_id"] = session, ["face_choose"] = new JsonArray(client.Entry()) });
        var queued = await Client.JsonAsync(response);
        var id = queued.GetProperty("request_id").GetString() ?? "";
        Assert.Equal("queued", queued.GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.Null, (await client.GetAsync($"/requests/{id}")).GetProperty("outcome").ValueKind);

        await time.AdvanceToNextTimerAsync(TestContext.Current.CancellationToken);
        await UntilAsync(client, id, "dispatched");
        await time.AdvanceToNextTimerAsync(TestContext.Current.CancellationToken);
        await UntilAsync(client, id, "processing");
        await time.AdvanceToNextTimerAsync(TestContext.Current.CancellationToken);
        var final = await client.FinalAsync(id);
        Assert.Equal(5, final.GetProperty("updated_at").GetInt64() - final.GetProperty("created_at").GetInt64());
    }

    [Fact]
    public async Task Get_EchoesThePayloadByteForByte()
    {
        await using var client = await Client.StartAsync(media);
        const string Payload = "{\"session_id\":\"1\",\"face_choose\":[ {\"face_id\":\"0\",\"note\":\"\\u00e4 & ä \",\"x\":1.50} ]}";
        using var response = await client.PostAsync("/requests", $"{{\"payload\":{Payload},\"model\":\"kling-lip-sync\"}}");
        var id = (await Client.JsonAsync(response)).GetProperty("request_id").GetString();
        Assert.Equal(Payload, (await client.GetAsync($"/requests/{id}")).GetProperty("payload").GetRawText());
        Assert.Equal(Payload, System.Text.Encoding.UTF8.GetString(Assert.Single(client.Server.ReceivedPayloads()).Payload.Span));
    }

    [Fact]
    public async Task List_NewestFirst_ByModelAndLimit()
    {
        await using var client = await Client.StartAsync(media);
        var session = await client.SessionAsync("host.mp4");
        var first = await client.SyncAsync(session, client.Entry());
        var second = await client.SyncAsync(session, client.Entry(insert: 100));
        var list = await client.GetAsync("/requests?model_id=kling-lip-sync");
        Assert.Equal(["requests"], Client.Keys(list));
        Assert.Equal(
            [second.GetProperty("request_id").GetString(), first.GetProperty("request_id").GetString()],
            list.GetProperty("requests").EnumerateArray().Select(r => r.GetProperty("request_id").GetString()));
        Assert.Equal(
            ["request_id", "model", "status", "payload", "outcome", "created_at", "updated_at", "queued_at"],
            Client.Keys(list.GetProperty("requests")[0]));
        Assert.Equal(3, (await client.GetAsync("/requests")).GetProperty("requests").GetArrayLength());
        Assert.Equal(1, (await client.GetAsync("/requests?limit=1")).GetProperty("requests").GetArrayLength());
    }

    [Fact]
    public async Task Submit_ClientGivesUp_WorkGoesOnAndIsInTheList()
    {
        await using var client = await Client.StartAsync(media, o => o with { Speed = 1, IdentifyTime = TimeSpan.FromMilliseconds(300) });
        using (var impatient = new HttpClient { Timeout = TimeSpan.FromMilliseconds(50) })
        {
            impatient.DefaultRequestHeaders.Add("Authorization", "Bearer key");
            var body = new StringContent($"{{\"model\":\"kling-identify-face\",\"payload\":{{\"video_url\":\"{client.Media("host.mp4")}\"}}}}", System.Text.Encoding.UTF8, "application/json");
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient.PostAsync(client.Server.BaseUrl + "/requests", body, TestContext.Current.CancellationToken));
        }

        var list = await client.GetAsync("/requests");
        while (list.GetProperty("requests").GetArrayLength() == 0)
        {
            list = await client.GetAsync("/requests");
        }

        var final = await client.FinalAsync(list.GetProperty("requests")[0].GetProperty("request_id").GetString() ?? "");
        Assert.Equal("success", final.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Get_OrganisationOfTheSubmission_IsInTheRecord()
    {
        await using var client = await Client.StartAsync(media);
        client.Http.DefaultRequestHeaders.Add("X-Organization-ID", "my-org");
        var id = (await client.IdentifyAsync(client.Media("host.mp4"))).GetProperty("request_id").GetString();
        Assert.Equal("my-org", (await client.GetAsync($"/requests/{id}")).GetProperty("org_id").GetString());
    }

    [Fact]
    public async Task Models_AreListedAndPriced()
    {
        await using var client = await Client.StartAsync(null);
        var list = await client.GetAsync("/models");
        Assert.Equal(["kling-identify-face", "kling-lip-sync"], list.GetProperty("model_ids").EnumerateArray().Select(id => id.GetString()));
        var model = await client.GetAsync("/models/kling-lip-sync");
        Assert.Equal(70000, model.GetProperty("price_info").GetProperty("price").GetInt64());
        using var unknown = await client.SendAsync(HttpMethod.Get, "/models/Kling-Lip-Sync");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Requests_InThousands_AllEnd()
    {
        await using var client = await Client.StartAsync(media);
        var session = await client.SessionAsync("host.mp4");
        await Parallel.ForAsync(0, 2000, TestContext.Current.CancellationToken, async (i, _) =>
        {
            using var response = await client.SubmitAsync("kling-lip-sync", new JsonObject { ["session_id"] = session, ["face_choose"] = new JsonArray(client.Entry(insert: i)) });
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        });
        var all = client.Server.ReceivedPayloads();
        Assert.Equal(2001, all.Count);
        foreach (var (id, _, _) in all)
        {
            Assert.Equal("success", (await client.FinalAsync(id)).GetProperty("status").GetString());
        }
    }

    private static async Task UntilAsync(Client client, string id, string status)
    {
        while ((await client.GetAsync($"/requests/{id}")).GetProperty("status").GetString() != status)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
