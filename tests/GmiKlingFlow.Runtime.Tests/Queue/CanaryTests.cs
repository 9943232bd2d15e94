using System.Security.Cryptography;
using System.Text.Json;
using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.Downloads;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Queue;

/// <summary>The key is a canary: it sings on the queue's host only.</summary>
public class CanaryTests
{
    private const string Signed = "X-Goog-Signature=deadbeefdeadbeef";

    public static TheoryData<int, string> Echoes() => new()
    {
        { 400, $"bad header: Authorization: Bearer {TestQueue.Key}" },
        { 401, JsonSerializer.Serialize(new { error = new { message = $"token {TestQueue.Key} is invalid" } }) },
        { 500, JsonSerializer.Serialize(new { error = JsonSerializer.Serialize(new { error = TestQueue.Key }) }) },
        { 502, $"<html><title>Bad: {TestQueue.Key}</title></html>" },
        { 404, JsonSerializer.Serialize(new { error = $"cut off: {TestQueue.Key[..40]}" }) },
        { 404, JsonSerializer.Serialize(new { error = $"the middle: {TestQueue.Key[20..50]}" }) },
        { 403, JsonSerializer.Serialize(new { error = TestQueue.Key.ToUpperInvariant() }) },
        { 409, JsonSerializer.Serialize(new { error = $"see https://storage.googleapis.com/x.mp4?X-Goog-Algorithm=a&{Signed}" }) },
        { 409, JsonSerializer.Serialize(new { error = $"{Signed}&sig=deadbeef&token=deadbeef" }) },
        { 200, JsonSerializer.Serialize(new { request_id = "a", status = "failed", outcome = new { error = $"{TestQueue.Key} {Signed}" } }) },
        { 200, JsonSerializer.Serialize(new { request_id = "a", status = TestQueue.Key }) },
        { 200, JsonSerializer.Serialize(new { error = TestQueue.Key }) },
    };

    [Theory]
    [MemberData(nameof(Echoes))]
    public async Task SubmitAsync_ServerEchoesTheKey_ShowsItNowhere(int status, string body)
    {
        await using var queue = TestQueue.Answering(ScriptedReply.Json(status, body));

        var outcome = await queue.SubmitAsync();
        var got = await queue.Client.GetAsync("a", CancellationToken.None);
        var listed = await queue.Client.ListAsync("m", CancellationToken.None);

        var shown = $"{SubmitTests.FailureOf(outcome)} {(outcome as SubmitOutcome.Accepted)?.Record.StatusWord} {got} {listed} {string.Join('\n', queue.Log.Lines)} {queue.Client}";
        AssertSilent(shown);
    }

    [Fact]
    public async Task UploadAndDownload_Always_KeepTheKeyFromOtherHosts()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("voice.mp3", "hello");
        await using var other = ScriptedServer.Answering(
            ScriptedReply.Body(403, "<Error><Code>No</Code></Error>"u8.ToArray()), ScriptedReply.Body(200, []), ScriptedReply.Body(302, [], "Location: /again"), ScriptedReply.Body(404, []));
        await using var queue = TestQueue.Answering(ScriptedReply.Json(
            200, $$"""{"upload_url":"{{other.Url}}x?{{Signed}}","public_url":"{{other.Url}}x"}""", $"Set-Cookie: key={TestQueue.Key}; Domain=127.0.0.1"));
        using var downloader = new ArtifactDownloader(new HurriedTimeProvider(), new Random(1), new RecordingLogger<ArtifactDownloader>());
        var file = new MediaSource.LocalFile(
            "voice.mp3", path, Convert.ToHexStringLower(SHA256.HashData("hello"u8)), 5, new MediaFacts(MediaContainer.Mp3, 5, TimeSpan.FromSeconds(3), null, null));

        Assert.IsType<UploadOutcome.Uploaded>(await queue.Client.UploadAsync(file, CancellationToken.None));
        var failed = Assert.IsType<DownloadOutcome.Failed>(await downloader.DownloadAsync(new Uri(other.Url, $"a.mp4?{Signed}"), folder.File("a.mp4"), null, null, CancellationToken.None));

        Assert.Equal(4, other.Requests.Count);
        Assert.All(other.Requests, r => Assert.DoesNotContain("canary", r.All, StringComparison.OrdinalIgnoreCase));
        Assert.All(other.Requests, r => Assert.False(r.Headers.ContainsKey("Authorization") || r.Headers.ContainsKey("Cookie") || r.Headers.ContainsKey("X-Organization-ID")));
        AssertSilent(failed.Failure.ToString());
        Assert.All(Directory.GetFiles(folder.Path), f => AssertSilent(File.ReadAllText(f)));
    }

    [Fact]
    public void Options_Printed_HideTheKey()
    {
        var options = new QueueOptions(new Uri("https://queue.example.com/apikey"), TestQueue.Key, "org");

        AssertSilent(options.ToString());
        AssertSilent($"{options with { QueryTimeout = TimeSpan.Zero }}");
        Assert.Contains("https://queue.example.com/apikey", options.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_UnusableKey_ThrowsWithoutIt()
    {
        var options = new QueueOptions(new Uri("https://queue.example.com/apikey"), TestQueue.Key + "\n", null);

        var thrown = Assert.Throws<ArgumentException>(() => new QueueClient(options, TimeProvider.System, new Random(1), new RecordingLogger<QueueClient>()));

        AssertSilent(thrown.Message);
    }

    private static void AssertSilent(string shown)
    {
        Assert.DoesNotContain("canary", shown, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("eyJhbGci", shown, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("c2lnbmF0", shown, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("deadbeef", shown, StringComparison.OrdinalIgnoreCase);
    }
}
