using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.Downloads;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Simulator;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Queue;

/// <summary>Client and downloader against the simulated service, over real HTTP and with real media.</summary>
public sealed class SimulatorWireTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly ArtifactDownloader downloader = new(TimeProvider.System, new Random(1), new RecordingLogger<ArtifactDownloader>());

    public async ValueTask InitializeAsync()
    {
        await Ffmpeg.MakeVideoAsync(folder.File("host.mp4"), "3");
        await Ffmpeg.MakeToneAsync(folder.File("voice.wav"), "3");
    }

    public ValueTask DisposeAsync()
    {
        downloader.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(OutcomeShape.MediaUrls, false)]
    [InlineData(OutcomeShape.VideoUrl, true)]
    [InlineData(OutcomeShape.KlingTask, false)]
    public async Task WholeWay_EachOutcomeShape_EndsInACheckedVideo(OutcomeShape shape, bool asynchronousIdentify)
    {
        await using var simulator = await StartAsync(o => o with { OutcomeShape = shape, AsynchronousIdentify = asynchronousIdentify });
        using var client = Client(simulator, TestQueue.Key);
        var video = await UploadAsync(client, "host.mp4");
        var voice = await UploadAsync(client, "voice.wav");

        var identified = await FinishAsync(client, await SubmitAsync(client, ModelNames.IdentifyFace, new { video_url = video }));
        var session = OutcomeReader.Identify(identified);
        Assert.NotNull(session);
        var payload = new
        {
            session_id = session.SessionId,
            face_choose = new[] { new { face_id = session.Faces[0].Id, sound_file = voice, sound_start_time = 0, sound_end_time = 2900, sound_insert_time = 0 } },
        };
        var synced = await FinishAsync(client, await SubmitAsync(client, ModelNames.LipSync, payload));
        var url = OutcomeReader.ResultUrl(synced);
        Assert.NotNull(url);

        var outcome = await downloader.DownloadAsync(url, folder.File("out/a.mp4"), TimeSpan.FromSeconds(3), null, TestContext.Current.CancellationToken);

        Assert.True(outcome is DownloadOutcome.Downloaded, outcome.ToString());
        Assert.Equal(2, simulator.Ledger.Charges.Count);
        Assert.Empty(simulator.Ledger.StrayAuthorizations);
        var listed = Assert.IsType<ListOutcome.Listed>(await client.ListAsync(ModelNames.LipSync, TestContext.Current.CancellationToken));
        Assert.Equal(synced.RequestId, Assert.Single(listed.Records).RequestId);
        Assert.Equal(JsonSerializer.Serialize(payload), listed.Records[0].Payload?.GetRawText());
    }

    [Fact]
    public async Task DownloadAsync_PartKeptFromBefore_IsContinuedByTheSimulatorsRanges()
    {
        await using var simulator = await StartAsync();
        using var client = Client(simulator, TestQueue.Key);
        var url = new Uri(await UploadAsync(client, "host.mp4"));
        var target = folder.File("out/b.mp4");
        using (var stop = new CancellationTokenSource())
        using (var disk = new DiskSync(1))
        using (var part = PartialFile.Open(target, url, disk))
        {
            // As an interrupted download leaves it: the validator of the first answer and some bytes.
            using var http = new HttpClient();
            using var head = await http.GetAsync(url, stop.Token);
            var validator = head.Headers.ETag?.Tag ?? head.Content.Headers.LastModified?.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
            Assert.NotNull(validator);
            part.StartAnew(validator);
            part.Append((await File.ReadAllBytesAsync(folder.File("host.mp4"), stop.Token)).AsSpan(0, 5000));
        }

        var outcome = await downloader.DownloadAsync(url, target, TimeSpan.FromSeconds(3), null, TestContext.Current.CancellationToken);

        Assert.True(outcome is DownloadOutcome.Downloaded, outcome.ToString());
        Assert.Equal(await File.ReadAllBytesAsync(folder.File("host.mp4"), CancellationToken.None), await File.ReadAllBytesAsync(target, CancellationToken.None));
    }

    [Fact]
    public async Task Refusals_OfTheSimulator_AreTold()
    {
        await using var simulator = await StartAsync(o => o with { ApiKey = TestQueue.Key, CreditUsd = 0 });
        using var right = Client(simulator, TestQueue.Key);
        using var wrong = Client(simulator, "wrong-key");

        Assert.Equal(("rejected, stops", "GKF7021"), SubmitTests.Told(await SubmitAsync(wrong, ModelNames.LipSync, new { session_id = "1" })));
        Assert.IsType<QueryOutcome.Refused>(await wrong.GetAsync(TestQueue.Id, CancellationToken.None));
        Assert.IsType<QueryOutcome.NotFound>(await right.GetAsync(TestQueue.Id, CancellationToken.None));
        Assert.Equal(("rejected", "GKF7024"), SubmitTests.Told(await SubmitAsync(right, "no-such-model", new { a = 1 })));
        var video = await UploadAsync(right, "host.mp4");
        Assert.Equal(("rejected, stops", "GKF7022"), SubmitTests.Told(await SubmitAsync(right, ModelNames.IdentifyFace, new { video_url = video })));
        Assert.NotNull((await right.PriceAsync(ModelNames.LipSync, CancellationToken.None))?.UsdPerUnit);
        Assert.Empty(simulator.Ledger.Charges);
    }

    private static Task<SimulatorServer> StartAsync(Func<SimulatorOptions, SimulatorOptions>? change = null)
    {
        var options = new SimulatorOptions { Speed = 1000, Seed = 1, Render = false };
        return SimulatorServer.StartAsync(change?.Invoke(options) ?? options, TimeProvider.System, TestContext.Current.CancellationToken);
    }

    private static QueueClient Client(SimulatorServer simulator, string key) =>
        new(new QueueOptions(simulator.BaseUrl, key, null), TimeProvider.System, new Random(1), new RecordingLogger<QueueClient>());

    private static Task<SubmitOutcome> SubmitAsync(QueueClient client, string model, object payload) =>
        client.SubmitAsync(model, Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { model, payload })), TestContext.Current.CancellationToken);

    private static async Task<RequestRecord> FinishAsync(QueueClient client, SubmitOutcome outcome)
    {
        Assert.True(outcome is SubmitOutcome.Accepted, outcome.ToString());
        var record = ((SubmitOutcome.Accepted)outcome).Record;
        while (!record.IsFinished || (record.Status == RequestStatus.Success && record.Outcome is null))
        {
            var answer = await client.GetAsync(record.RequestId, TestContext.Current.CancellationToken);
            Assert.True(answer is QueryOutcome.Found, answer.ToString());
            record = ((QueryOutcome.Found)answer).Record;
        }

        Assert.True(record.Status == RequestStatus.Success, record.ToString());
        return record;
    }

    private async Task<string> UploadAsync(QueueClient client, string name)
    {
        var path = folder.File(name);
        var bytes = await File.ReadAllBytesAsync(path);
        var facts = Assert.IsType<MediaReading.Read>(MediaReader.ReadFile(path)).Facts;
        var file = new MediaSource.LocalFile(name, path, Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length, facts);
        var outcome = await client.UploadAsync(file, TestContext.Current.CancellationToken);
        return (outcome as UploadOutcome.Uploaded)?.PublicUrl ?? throw new Xunit.Sdk.XunitException(outcome.ToString());
    }
}
