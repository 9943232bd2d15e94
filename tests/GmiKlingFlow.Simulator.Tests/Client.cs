using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace GmiKlingFlow.Simulator.Tests;

/// <summary>A running simulator with a plain HTTP client that holds a key for the queue's calls only.</summary>
internal sealed class Client : IAsyncDisposable
{
    private Client(SimulatorServer server) => Server = server;

    public SimulatorServer Server { get; }

    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromMinutes(2) };

    public static async Task<Client> StartAsync(SampleMedia? media, Func<SimulatorOptions, SimulatorOptions>? change = null, TimeProvider? time = null)
    {
        var options = new SimulatorOptions { MediaFolder = media?.Folder, Speed = 1000, Seed = 1, Render = false };
        return new Client(await SimulatorServer.StartAsync(change?.Invoke(options) ?? options, time ?? TimeProvider.System, TestContext.Current.CancellationToken));
    }

    public string Media(string name) => new Uri(Server.MediaUrl, name).AbsoluteUri;

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null, string? key = "key")
    {
        var request = new HttpRequestMessage(method, Server.BaseUrl + path) { Content = content };
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        return Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> PostAsync(string path, string json, string? key = "key") =>
        SendAsync(HttpMethod.Post, path, new StringContent(json, Encoding.UTF8, "application/json"), key);

    public Task<HttpResponseMessage> SubmitAsync(string model, JsonNode payload) =>
        PostAsync("/requests", new JsonObject { ["model"] = model, ["payload"] = payload }.ToJsonString());

    public async Task<JsonElement> GetAsync(string path)
    {
        using var response = await SendAsync(HttpMethod.Get, path);
        return await JsonAsync(response);
    }

    public async Task<JsonElement> IdentifyAsync(string videoUrl)
    {
        using var response = await SubmitAsync("kling-identify-face", new JsonObject { ["video_url"] = videoUrl });
        return await JsonAsync(response);
    }

    /// <returns>The session's id, of an identify that must succeed.</returns>
    public async Task<string> SessionAsync(string video)
    {
        var record = await IdentifyAsync(Media(video));
        Assert.Equal("success", record.GetProperty("status").GetString());
        return record.GetProperty("outcome").GetProperty("data").GetProperty("session_id").GetString() ?? "";
    }

    /// <returns>The final record.</returns>
    public async Task<JsonElement> SyncAsync(string session, params JsonObject[] entries)
    {
        using var response = await SubmitAsync("kling-lip-sync", new JsonObject { ["session_id"] = session, ["face_choose"] = new JsonArray([.. entries]) });
        var queued = await JsonAsync(response);
        return await FinalAsync(queued.GetProperty("request_id").GetString() ?? "");
    }

    public async Task<JsonElement> FinalAsync(string id)
    {
        while (true)
        {
            var record = await GetAsync($"/requests/{id}");
            if (record.GetProperty("status").GetString() is "success" or "failed" or "cancelled")
            {
                return record;
            }

            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    public JsonObject Entry(string audio = "voice.wav", string face = "0", long start = 0, long end = 2950, long insert = 0) => new()
    {
        ["face_id"] = face,
        ["sound_file"] = audio.Contains("://", StringComparison.Ordinal) ? audio : Media(audio),
        ["sound_start_time"] = start,
        ["sound_end_time"] = end,
        ["sound_insert_time"] = insert,
        ["sound_volume"] = 1,
        ["original_audio_volume"] = 0,
    };

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    public static IReadOnlyList<string> Keys(JsonElement element) => [.. element.EnumerateObject().Select(member => member.Name)];

    public static string Error(JsonElement record) => record.GetProperty("outcome").GetProperty("error").GetString() ?? "";

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
    }
}
