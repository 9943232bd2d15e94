using GmiKlingFlow.Runtime.Downloads;
using GmiKlingFlow.Runtime.Tests.Queue;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Downloads;

/// <summary>A real video, made once, served by whatever a test's script does with ranges.</summary>
public sealed class MadeVideo : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    public byte[] Whole { get; private set; } = [];

    public byte[] Silent { get; private set; } = [];

    public byte[] Tone { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        await Ffmpeg.MakeVideoAsync(folder.File("whole.mp4"), "3");
        await Ffmpeg.MakeVideoAsync(folder.File("silent.mp4"), "3", sound: false);
        await Ffmpeg.MakeToneAsync(folder.File("tone.m4a"), "3");
        Whole = await File.ReadAllBytesAsync(folder.File("whole.mp4"));
        Silent = await File.ReadAllBytesAsync(folder.File("silent.mp4"));
        Tone = await File.ReadAllBytesAsync(folder.File("tone.m4a"));
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

internal sealed class TestDownload : IAsyncDisposable
{
    public TestDownload(Func<ReceivedRequest, ScriptedReply> script, DownloadOptions? options = null, TimeProvider? time = null)
    {
        Server = new ScriptedServer(script);
        Downloader = new ArtifactDownloader(time ?? new HurriedTimeProvider(), new Random(1), new RecordingLogger<ArtifactDownloader>(), options);
    }

    public ScriptedServer Server { get; }

    public ArtifactDownloader Downloader { get; }

    public TemporaryFolder Folder { get; } = new();

    public string Target => Folder.File("out/anna & ben ü.mp4");

    public string Part => Target + ".part";

    public static TimeSpan Three { get; } = TimeSpan.FromSeconds(3);

    public Task<DownloadOutcome> RunAsync(TimeSpan? source = null, CancellationToken cancellationToken = default) =>
        Downloader.DownloadAsync(new Uri(Server.Url, "a.mp4"), Target, source, null, cancellationToken);

    /// <summary>Leaves a part as an earlier, interrupted download of the same address would.</summary>
    public async Task LeavePartAsync(byte[] bytes, string? etag)
    {
        using (var disk = new DiskSync(1))
        using (var part = PartialFile.Open(Target, new Uri(Server.Url, "a.mp4"), disk))
        {
            part.StartAnew(etag);
            part.Append(bytes);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Downloader.Dispose();
        await Server.DisposeAsync();
        Folder.Dispose();
    }
}
