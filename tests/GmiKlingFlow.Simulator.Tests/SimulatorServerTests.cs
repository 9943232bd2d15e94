using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GmiKlingFlow.Simulator.Faults;
using GmiKlingFlow.Testing;
using Microsoft.Extensions.Logging;
using Xunit;

namespace GmiKlingFlow.Simulator.Tests;

public sealed partial class SimulatorServerTests(SampleMedia media)
{
    [Fact]
    public async Task StartAsync_PortTaken_ThrowsAndLeavesNothingBehind()
    {
        await using var first = await Client.StartAsync(null);
        var port = first.Server.BaseUrl.Port;
        await Assert.ThrowsAsync<IOException>(() =>
            SimulatorServer.StartAsync(new SimulatorOptions { Port = port }, TimeProvider.System, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task StartAsync_Address_IsTheServicesPathOnLoopback()
    {
        await using var client = await Client.StartAsync(null);
        Assert.Equal(("http", "127.0.0.1", "/api/v1/ie/requestqueue/apikey"), (client.Server.BaseUrl.Scheme, client.Server.BaseUrl.Host, client.Server.BaseUrl.AbsolutePath));
    }

    [Fact]
    public async Task DisposeAsync_RequestsUnderWay_EndsAtOnce()
    {
        var client = await Client.StartAsync(media, o => o with { Speed = 1 }, new ManualTimeProvider());
        using var response = await client.SubmitAsync("kling-lip-sync", new JsonObject { ["session_id"] = "1", ["face_choose"] = new JsonArray(client.Entry()) });
        await client.DisposeAsync();
        await client.Server.DisposeAsync();
    }

    [Fact]
    public async Task DisposeAsync_OwnStorageFolder_KeepsUploadsAndNothingUnfinished()
    {
        using var folder = new TemporaryFolder();
        await using (var client = await Client.StartAsync(media, o => o with { StorageFolder = folder.Path }))
        {
            await Uploads.UploadAsync(client, "wav", "audio/wav", [1, 2, 3]);
            await client.PostAsync("/requests", $"{{\"model\":\"kling-lip-sync\",\"payload\":{{\"session_id\":\"1\",\"face_choose\":[],\"x\":\"{new string('x', 100_000)}\"}}}}");
            Assert.Equal(2, Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Length);
        }

        Assert.EndsWith(".wav", Assert.Single(Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories)), StringComparison.Ordinal);
        Assert.Single(Directory.GetDirectories(folder.Path));
    }

    [Fact]
    public async Task Storage_OfAnEarlierSimulator_StillServesItsUploads()
    {
        using var folder = new TemporaryFolder();
        string url;
        await using (var first = await Client.StartAsync(null, o => o with { StorageFolder = folder.Path }))
        {
            url = await Uploads.UploadAsync(first, "mp4", "video/mp4", await File.ReadAllBytesAsync(media.PathOf("host.mp4"), TestContext.Current.CancellationToken));
        }

        await using var second = await Client.StartAsync(null, o => o with { StorageFolder = folder.Path });
        Assert.Equal("success", (await second.IdentifyAsync(url)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Logging_Told_NamesRequestsAndNoKey()
    {
        var lines = new List<string>();
        using var factory = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new ListProvider(lines)));
        await using (var client = await Client.StartAsync(media, o => o with { Logging = factory, Faults = [Rule("GET /models: cut")] }))
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => client.SendAsync(HttpMethod.Get, "/models", null, "secret-key"));
            await client.IdentifyAsync(client.Media("small.mp4"));
        }

        lock (lines)
        {
            Assert.Contains(lines, line => line.Contains("kling-identify-face accepted, $0.007", StringComparison.Ordinal));
            Assert.Contains(lines, line => line.Contains("refused: \"video_url\" is 320x240 px", StringComparison.Ordinal));
            Assert.Contains("GET /models: fault \"GET /models: cut\"", lines);
            Assert.DoesNotContain(lines, line => line.Contains("secret-key", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Readme_EveryFaultItNames_IsOne()
    {
        var words = FaultRow().Matches(File.ReadAllText(Path.Combine(Folder(), "../../src/GmiKlingFlow.Simulator/README.md")))
            .SelectMany(row => Word().Matches(row.Groups[1].Value))
            .Select(word => word.Groups[1].Value.Replace(" N", " 30", StringComparison.Ordinal))
            .Where(word => word != "-accepted")
            .ToList();
        Assert.True(words.Count > 20, string.Join(' ', words));
        Assert.All(words, word => Rule($"POST /requests: {word}"));
    }

    private static FaultRule Rule(string text)
    {
        Assert.True(FaultRule.TryParse(text, out var rule, out var error), error);
        return rule;
    }

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here) ?? ".";

    [GeneratedRegex(@"^\| ((?:KIND)?`[^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex FaultRow();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Word();

    private sealed class ListProvider(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (lines)
            {
                lines.Add(formatter(state, exception));
            }
        }

        public void Dispose()
        {
        }
    }
}
