using System.Globalization;
using System.Text.Json;
using GmiKlingFlow.Cli.Tests;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Report.Tests;

/// <summary>Size and speed of large reports, by hand: <c>-explicit only</c>. Figures are in tests/Benchmarks.</summary>
public sealed class ReportSpeed(ReportBrowser browser, ITestOutputHelper output)
{
    private const int Rounds = 5;

    [Theory(Explicit = true)]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(10_000)]
    public async Task Load_ManyJobs_TakesSoLong(int jobs)
    {
        using var folder = new TemporaryFolder();
        folder.Write("results.json", GivenResults.Of(jobs));
        await new CliRunner(folder.Path).RunAsync("report", "results.json");
        var file = folder.File("results.html");

        var rounds = new List<JsonElement>();
        for (var round = 0; round < Rounds; round++)
        {
            await using var report = await browser.OpenAsync(file);
            await report.UntilAsync($"document.querySelectorAll('.job').length === {jobs.ToString(CultureInfo.InvariantCulture)}");
            rounds.Add(await report.Page.EvaluateAsync<JsonElement>("""
                async () => {
                  const all = performance.now(), { domContentLoadedEventEnd: loaded } = performance.getEntriesByType('navigation')[0];
                  const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
                  const search = document.getElementById('search');
                  const typed = async text => {
                    const start = performance.now();
                    search.value = text;
                    search.dispatchEvent(new Event('input'));
                    document.body.getBoundingClientRect();
                    return performance.now() - start;
                  };
                  return { loaded, paint, all, find: await typed('locale=de anna'), none: await typed('no such'), clear: await typed('') };
                }
                """));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{jobs} jobs: {new FileInfo(file).Length / 1000} kB; median ms of {Rounds}: {string.Join(", ", rounds[0].EnumerateObject().Where(each => each.Value.ValueKind == JsonValueKind.Number).Select(each => $"{each.Name} {Median(rounds, each.Name):0}"))}"));
    }

    private static double Median(List<JsonElement> rounds, string name) => rounds.Where(round => round.TryGetProperty(name, out _)).Select(round => round.GetProperty(name).GetDouble()).Order().ElementAt(Rounds / 2);
}
