using System.Security.Cryptography;
using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Queue;

public class UploadTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7))];

    [Theory]
    [InlineData(MediaContainer.Mp4, "mp4", "video/mp4")]
    [InlineData(MediaContainer.Mp3, "mp3", "audio/mpeg")]
    [InlineData(MediaContainer.Wav, "wav", "audio/wav")]
    public async Task UploadAsync_EachTypeTaken_PutsTheBytesWithTheSignedType(MediaContainer container, string fileType, string contentType)
    {
        using var folder = new TemporaryFolder();
        await using var storage = ScriptedServer.Answering(ScriptedReply.Body(200, []));
        await using var queue = TestQueue.Answering(Grant(storage));

        var uploaded = Assert.IsType<UploadOutcome.Uploaded>(await queue.Client.UploadAsync(File(folder, container), CancellationToken.None));

        Assert.Equal(new Uri(storage.Url, "x.bin").AbsoluteUri, uploaded.PublicUrl);
        var asked = Assert.Single(queue.Server.Requests);
        Assert.Equal(("POST", "/base/apikey/upload-url", $$"""{"file_type":"{{fileType}}"}"""), (asked.Method, asked.Target, asked.Text));
        var put = Assert.Single(storage.Requests);
        Assert.Equal(("PUT", "/x.bin?X-Goog-Signature=ab%2Fcd%2B"), (put.Method, put.Target));
        Assert.Equal(contentType, put.Headers["Content-Type"]);
        Assert.Equal("300000", put.Headers["Content-Length"]);
        Assert.Equal(Content, put.Body);
        Assert.False(put.Headers.ContainsKey("Authorization"));
        Assert.False(put.Headers.ContainsKey("X-Organization-ID"));
        Assert.False(put.Headers.ContainsKey("Transfer-Encoding"));
    }

    [Theory]
    [InlineData(MediaContainer.M4a)]
    [InlineData(MediaContainer.Aac)]
    [InlineData(MediaContainer.Mov)]
    [InlineData(null)]
    public async Task UploadAsync_TypeNotTaken_AsksNothing(MediaContainer? container)
    {
        using var folder = new TemporaryFolder();
        await using var queue = TestQueue.Answering(ScriptedReply.Json(200, "{}"));

        Assert.Equal("GKF7060", FailureCode(await queue.Client.UploadAsync(File(folder, container), CancellationToken.None)));
        Assert.Empty(queue.Server.Requests);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    public async Task UploadAsync_GrantRefusedOnce_IsTriedWithAFreshOne(int status)
    {
        using var folder = new TemporaryFolder();
        await using var storage = ScriptedServer.Answering(
            ScriptedReply.Body(status, "<Error><Code>ExpiredToken</Code><Message>late</Message></Error>"u8.ToArray()), ScriptedReply.Body(200, []));
        await using var queue = TestQueue.Answering(Grant(storage));

        Assert.IsType<UploadOutcome.Uploaded>(await queue.Client.UploadAsync(File(folder, MediaContainer.Mp3), CancellationToken.None));
        Assert.Equal(2, queue.Server.Requests.Count);
        Assert.Equal(2, storage.Requests.Count);
    }

    [Fact]
    public async Task UploadAsync_GrantRefusedTwice_FailsWithTheStoragesWords()
    {
        using var folder = new TemporaryFolder();
        await using var storage = ScriptedServer.Answering(ScriptedReply.Body(403, "<?xml version='1.0'?><Error><Code>SignatureDoesNotMatch</Code><Message>Access denied.</Message></Error>"u8.ToArray()));
        await using var queue = TestQueue.Answering(Grant(storage));

        var failed = Assert.IsType<UploadOutcome.Failed>(await queue.Client.UploadAsync(File(folder, MediaContainer.Mp3), CancellationToken.None));

        Assert.Equal("GKF7062", failed.Failure.Code);
        Assert.Contains("SignatureDoesNotMatch: Access denied", failed.Failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, storage.Requests.Count);
    }

    [Fact]
    public async Task UploadAsync_StorageResetsThenFails_IsRepeatedAndBounded()
    {
        using var folder = new TemporaryFolder();
        await using var storage = ScriptedServer.Answering(ScriptedReply.Reset, ScriptedReply.Body(503, []));
        await using var queue = TestQueue.Answering(Grant(storage));

        Assert.Equal("GKF7062", FailureCode(await queue.Client.UploadAsync(File(folder, MediaContainer.Wav), CancellationToken.None)));
        Assert.Equal(4, storage.Requests.Count);
    }

    [Fact]
    public async Task UploadAsync_ContentChangedSincePlanning_NeverSendsAWholeFile()
    {
        using var folder = new TemporaryFolder();
        await using var storage = ScriptedServer.Answering(ScriptedReply.Body(200, []));
        await using var queue = TestQueue.Answering(Grant(storage));
        var file = File(folder, MediaContainer.Mp3);
        await System.IO.File.WriteAllBytesAsync(file.FullPath, [.. Content[..^1], 0xEE], CancellationToken.None);

        Assert.Equal("GKF7063", FailureCode(await queue.Client.UploadAsync(file, CancellationToken.None)));
        Assert.All(storage.Requests, r => Assert.True(r.Body.Length < Content.Length - 1000, "The end must be held back."));
    }

    [Fact]
    public async Task UploadAsync_SizeChangedOrGone_AsksNothing()
    {
        using var folder = new TemporaryFolder();
        await using var queue = TestQueue.Answering(ScriptedReply.Json(200, "{}"));
        var file = File(folder, MediaContainer.Mp3);

        await System.IO.File.AppendAllTextAsync(file.FullPath, "more", CancellationToken.None);
        Assert.Equal("GKF7063", FailureCode(await queue.Client.UploadAsync(file, CancellationToken.None)));
        System.IO.File.Delete(file.FullPath);
        Assert.Equal("GKF7064", FailureCode(await queue.Client.UploadAsync(file, CancellationToken.None)));
        Assert.Empty(queue.Server.Requests);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"upload_url":"https://a.example.com/x"}""")]
    [InlineData("""{"upload_url":"ftp://a.example.com/x","public_url":"https://a.example.com/x"}""")]
    [InlineData("""{"upload_url":"http://a.example.com/x","public_url":"https://a.example.com/x"}""")]
    [InlineData("""{"upload_url":"https://user:pw@a.example.com/x","public_url":"https://a.example.com/x"}""")]
    [InlineData("""{"upload_url":"/x","public_url":"https://a.example.com/x"}""")]
    [InlineData("""{"upload_url":7,"public_url":null}""")]
    public async Task UploadAsync_GrantUnusable_Fails(string body)
    {
        using var folder = new TemporaryFolder();
        await using var queue = TestQueue.Answering(ScriptedReply.Json(200, body));

        Assert.Equal("GKF7061", FailureCode(await queue.Client.UploadAsync(File(folder, MediaContainer.Mp3), CancellationToken.None)));
    }

    [Theory]
    [InlineData(401, "GKF7021", true, 1)]
    [InlineData(402, "GKF7022", true, 1)]
    [InlineData(403, "GKF7023", true, 1)]
    [InlineData(400, "GKF7025", false, 1)]
    [InlineData(404, "GKF7025", false, 1)]
    [InlineData(429, "GKF7030", false, 4)]
    [InlineData(500, "GKF7014", false, 4)]
    [InlineData(502, "GKF7014", false, 4)]
    [InlineData(503, "GKF7031", false, 4)]
    [InlineData(504, "GKF7014", false, 4)]
    public async Task UploadAsync_GrantRefused_FailsAndTellsWhetherTheRunStops(int status, string code, bool stops, int asked)
    {
        using var folder = new TemporaryFolder();
        await using var queue = TestQueue.Answering(ScriptedReply.Json(status, ""));

        var failed = Assert.IsType<UploadOutcome.Failed>(await queue.Client.UploadAsync(File(folder, MediaContainer.Mp3), CancellationToken.None));

        Assert.Equal((code, stops), (failed.Failure.Code, failed.StopsRun));
        Assert.Equal(asked, queue.Server.Requests.Count);
    }

    [Fact]
    public async Task UploadAsync_StorageRedirects_IsNotFollowed()
    {
        using var folder = new TemporaryFolder();
        await using var elsewhere = ScriptedServer.Answering(ScriptedReply.Body(200, []));
        await using var storage = ScriptedServer.Answering(ScriptedReply.Body(307, [], $"Location: {elsewhere.Url}"));
        await using var queue = TestQueue.Answering(Grant(storage));

        Assert.Equal("GKF7016", FailureCode(await queue.Client.UploadAsync(File(folder, MediaContainer.Mp3), CancellationToken.None)));
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task UploadAsync_Stopped_Throws()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        await using var storage = ScriptedServer.Answering(ScriptedReply.Hang);
        await using var queue = TestQueue.Answering(Grant(storage));

        var uploading = queue.Client.UploadAsync(File(folder, MediaContainer.Mp3), stop.Token);
        await storage.ArrivedAsync(TestContext.Current.CancellationToken);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => uploading);
    }

    private static ScriptedReply Grant(ScriptedServer storage) => ScriptedReply.Json(
        200, $$"""{"upload_url":"{{storage.Url}}x.bin?X-Goog-Signature=ab%2Fcd%2B","public_url":"{{storage.Url}}x.bin"}""");

    private static MediaSource.LocalFile File(TemporaryFolder folder, MediaContainer? container)
    {
        var path = folder.File("voice of \"Ann\" ü.bin");
        System.IO.File.WriteAllBytes(path, Content);
        var media = container is { } c ? new MediaFacts(c, Content.Length, TimeSpan.FromSeconds(3), null, null) : null;
        return new MediaSource.LocalFile("audio/voice.bin", path, Convert.ToHexStringLower(SHA256.HashData(Content)), Content.Length, media);
    }

    private static string FailureCode(UploadOutcome outcome) => Assert.IsType<UploadOutcome.Failed>(outcome).Failure.Code;
}
