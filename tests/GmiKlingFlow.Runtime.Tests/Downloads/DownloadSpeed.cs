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
    private static readonly TimeProvider Clock = TimeProvider.System;

    [Theory(Explicit = true)]
    [InlineData("large.mp4", 1, 1, 1, 3)]
    [InlineData("middle.mp4", 64, 16, 1, 3)]
    [InlineData("small.mp4", 500, 16, 3, 7)]
    public async Task Download_InTurnWithCurl_MegabytesPerSecond(string name, int files, int atOnce, int warmUp, int rounds)
    {
        var url = new Uri($"{Environment.GetEnvironmentVariable("GKFLOW_BENCH_MEDIA") ?? throw new InvalidOperationException("Started by downloads.sh.")}/{name}");
        using var folder = new TemporaryFolder();
        using var downloader = new ArtifactDownloader(Clock, new Random(1), NullLogger<ArtifactDownloader>.Instance);
        List<Round> told = [];
        long bytes = 0;
        for (var round = -warmUp; round < rounds; round++)
        {
            var plain = await TimeAsync(folder.Path, () => CurlAsync(url, folder.File("curl"), files, atOnce));
            var synced = await TimeAsync(folder.Path, () => CurlAsync(url, folder.File("synced"), files, atOnce, "sync"));
            var same = await TimeAsync(folder.Path, () => CurlAsync(url, folder.File("hashed"), files, atOnce, "sync", "sha256sum"));
            var before = Environment.CpuUsage.TotalTime;
            var own = await TimeAsync(folder.Path, async () => bytes = await OursAsync(downloader, url, folder.File("ours"), files));
            var cpu = Environment.CpuUsage.TotalTime - before;
            if (round >= 0)
            {
                told.Add(new Round(plain, synced, same, own, cpu.TotalMilliseconds / files));
            }

            foreach (var used in Directory.GetDirectories(folder.Path))
            {
                Directory.Delete(used, recursive: true);
            }
        }

        double Rate(Func<Round, double> seconds) => bytes / Median(told.Select(seconds)) / 1e6;
        string Times(Func<Round, double> other) => Median(told.Select(r => other(r) / r.Ours)).ToString("0.00", CultureInfo.InvariantCulture);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {Environment.GetEnvironmentVariable("GKFLOW_BENCH_ON")} | {files} of {bytes / files / 1e6:0.00} MB, {atOnce} at once | {Rate(r => r.Curl):0} | {Rate(r => r.Ours):0} | {Times(r => r.Curl)} | {Times(r => r.Synced)} | {Times(r => r.Same)} | {Median(told.Select(r => r.Cpu)):0.00} |"));
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;

    /// <summary>Nothing that came before is still on its way to the disk.</summary>
    private static async Task<double> TimeAsync(string folder, Func<Task> work)
    {
        await RunAsync("sync", ["-f", folder]);
        var start = Clock.GetTimestamp();
        await work();
        return Clock.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task CurlAsync(Uri url, string folder, int files, int atOnce, params string[] then)
    {
        Directory.CreateDirectory(folder);
        var config = Path.Combine(folder, "curl.txt");
        await File.WriteAllLinesAsync(config, Enumerable.Range(0, files).SelectMany(i => new[] { $"url = \"{url}\"", $"output = \"{folder}/{i}.mp4\"" }));
        await RunAsync("curl", ["-s", "-f", .. atOnce > 1 ? new[] { "-Z", "--parallel-max", $"{atOnce}" } : [], "-K", config]);
        foreach (var program in then)
        {
            await RunAsync(program, [.. Directory.GetFiles(folder, "*.mp4")]);
        }
    }

    private static async Task RunAsync(string program, IReadOnlyList<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true }) ?? throw new InvalidOperationException($"{program} did not start.");
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    private static async Task<long> OursAsync(ArtifactDownloader downloader, Uri url, string folder, int files)
    {
        // As many as the runner hands over; the downloader fetches 16 at once, and brings others to the disk.
        long bytes = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, files), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, stop) =>
        {
            var outcome = await downloader.DownloadAsync(url, Path.Combine(folder, $"{i}.mp4"), null, null, stop);
            Interlocked.Add(ref bytes, Assert.IsType<DownloadOutcome.Downloaded>(outcome).Artifact.Bytes);
        });
        return bytes;
    }

    /// <summary>Seconds for all files; CPU in milliseconds for each file of ours.</summary>
    /// <param name="Synced">curl, then each file brought to the disk.</param>
    /// <param name="Same">The same and each file's hash: what is promised of ours, without the check.</param>
    private sealed record Round(double Curl, double Synced, double Same, double Ours, double Cpu);
}
