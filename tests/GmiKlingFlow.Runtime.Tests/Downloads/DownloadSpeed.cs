using System.Diagnostics;
using System.Globalization;
using GmiKlingFlow.Runtime.Downloads;
using GmiKlingFlow.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Downloads;

/// <summary>Downloads against curl, in turn, from a server in another process. By hand only: <c>tests/Benchmarks/downloads.sh</c> starts both.</summary>
public sealed class DownloadSpeed
{
    private const int Rounds = 3;

    private static readonly TimeProvider Clock = TimeProvider.System;

    [Theory(Explicit = true)]
    [InlineData("large.mp4", 1, 1)]
    [InlineData("middle.mp4", 64, 16)]
    [InlineData("small.mp4", 500, 16)]
    public async Task Download_InTurnWithCurl_MegabytesPerSecond(string name, int files, int atOnce)
    {
        var url = new Uri($"{Environment.GetEnvironmentVariable("GKFLOW_BENCH_MEDIA") ?? throw new InvalidOperationException("Started by downloads.sh.")}/{name}");
        using var folder = new TemporaryFolder();
        using var downloader = new ArtifactDownloader(Clock, new Random(1), NullLogger<ArtifactDownloader>.Instance);
        List<double> curls = [], synced = [], ours = [];
        long bytes = 0;
        var cpu = TimeSpan.Zero;
        for (var round = -1; round < Rounds; round++)
        {
            var plain = await TimeAsync(() => CurlAsync(url, folder.File("curl"), files, atOnce, sync: false));
            var safe = await TimeAsync(() => CurlAsync(url, folder.File("curl"), files, atOnce, sync: true));
            var before = Environment.CpuUsage.TotalTime;
            var own = await TimeAsync(async () => bytes = await OursAsync(downloader, url, folder.File("ours"), files, atOnce));
            if (round >= 0)
            {
                cpu += Environment.CpuUsage.TotalTime - before;
                curls.Add(plain);
                synced.Add(safe);
                ours.Add(own);
            }

            Directory.Delete(folder.File("curl"), recursive: true);
            Directory.Delete(folder.File("ours"), recursive: true);
        }

        var (a, b, c) = (Median(curls), Median(synced), Median(ours));
        double Rate(double seconds) => bytes / seconds / 1e6;
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {files} of {bytes / files / 1e6:0.0} MB, {atOnce} at once | {Rate(a):0} | {Rate(b):0} | {Rate(c):0} | {a / c:0.00} | {b / c:0.00} | {cpu.TotalMilliseconds / Rounds / files:0.0} |"));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var start = Clock.GetTimestamp();
        await work();
        return Clock.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task CurlAsync(Uri url, string folder, int files, int atOnce, bool sync)
    {
        Directory.CreateDirectory(folder);
        var config = Path.Combine(folder, "curl.txt");
        await File.WriteAllLinesAsync(config, Enumerable.Range(0, files).SelectMany(i => new[] { $"url = \"{url}\"", $"output = \"{folder}/{i}.mp4\"" }));
        await RunAsync("curl", ["-s", "-f", .. atOnce > 1 ? new[] { "-Z", "--parallel-max", $"{atOnce}" } : [], "-K", config]);
        if (sync)
        {
            await RunAsync("sync", [.. Directory.GetFiles(folder, "*.mp4")]);
        }
    }

    private static async Task RunAsync(string program, IReadOnlyList<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)) ?? throw new InvalidOperationException($"{program} did not start.");
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    private static async Task<long> OursAsync(ArtifactDownloader downloader, Uri url, string folder, int files, int atOnce)
    {
        long bytes = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, files), new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (i, stop) =>
        {
            var outcome = await downloader.DownloadAsync(url, Path.Combine(folder, $"{i}.mp4"), null, null, stop);
            Interlocked.Add(ref bytes, Assert.IsType<DownloadOutcome.Downloaded>(outcome).Artifact.Bytes);
        });
        return bytes;
    }
}
