using System.Collections.Concurrent;
using System.Globalization;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Faults;

/// <summary>
/// Every fault of api-contract 5.1 on every call, rarely and always: nothing is paid for twice, nothing paid for is lost, every run ends, and a
/// second run against a healthy service finishes everything. <c>GKFLOW_FAULT_SHARES=5,10,30,60,100</c> chooses how often.
/// </summary>
public sealed class FaultMatrixTests(SmallMedia media, ITestOutputHelper output) : IClassFixture<SmallMedia>
{
    private const int AtOnce = 10;

    private static readonly string[] OfAnyCall =
    [
        "400", "401", "402", "403", "404", "429", "429-retry-after 7", "500", "500-backend-400", "502-html", "503", "504", "reset", "hang",
        "html-200", "empty-200", "garbage-200", "redirect", "slow 40s", "cut",
    ];

    private static readonly string[] OfASubmission =
    [
        .. OfAnyCall, "500-accepted", "502-html-accepted", "504-accepted", "reset-accepted", "hang-accepted", "html-200-accepted", "empty-200-accepted",
        "garbage-200-accepted", "stuck-queued", "failed", "rate-limit", "cancelled",
    ];

    [Fact]
    public Task Submission_EachFault_PaysOnceAndEnds() => HoldAsync(OfASubmission.Select(f => $"POST /requests: {f}"));

    [Fact]
    public Task Poll_EachFault_PaysOnceAndEnds() => HoldAsync(OfAnyCall.Select(f => $"GET /requests/*: {f}"));

    [Fact]
    public Task List_EachFaultWhileAnswersAreLost_PaysOnceAndEnds() =>
        HoldAsync(OfAnyCall.Select(f => $"GET /requests: {f}"), "POST /requests: 504-accepted every 3", "POST /requests: reset every 4");

    [Fact]
    public Task Grant_EachFault_PaysOnceAndEnds() => HoldAsync(OfAnyCall.Select(f => $"POST /upload-url: {f}"));

    [Fact]
    public Task Upload_EachFault_PaysOnceAndEnds() => HoldAsync(OfAnyCall.Select(f => $"PUT /storage/*: {f}"));

    [Fact]
    public Task Download_EachFault_PaysOnceAndEnds() => HoldAsync(OfAnyCall.Select(f => $"GET /storage/*: {f}"));

    private async Task HoldAsync(IEnumerable<string> rules, params string[] beside)
    {
        var shares = (Environment.GetEnvironmentVariable("GKFLOW_FAULT_SHARES") ?? "5,40,100").Split(',').Select(s => int.Parse(s, CultureInfo.InvariantCulture));
        var cases = rules.SelectMany(rule => shares.Select(share => (string[])[string.Create(CultureInfo.InvariantCulture, $"{rule} {share}%"), .. beside])).ToList();
        var wrong = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(cases, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (faults, _) =>
        {
            if (await ProblemAsync(faults) is { } problem)
            {
                wrong.Enqueue($"{string.Join(" + ", faults)}: {problem}");
            }
        });
        output.WriteLine($"{cases.Count} cases, {wrong.Count} wrong");
        Assert.True(wrong.IsEmpty, string.Join('\n', wrong.Order(StringComparer.Ordinal)));
    }

    private async Task<string?> ProblemAsync(string[] faults)
    {
        await using var bench = await FaultBench.StartAsync(faults);
        var flow = FaultFlow.Of(media);
        await bench.RunAsync(flow);
        if (await Judge.AfterRunAsync(bench) is { } problem)
        {
            return problem;
        }

        bench.Faults.IsOn = false;
        await bench.RunAsync(flow);
        return await Judge.AfterRunAsync(bench) is { } late ? $"clean run: {late}" : await Judge.AfterCleanRunAsync(bench);
    }
}
