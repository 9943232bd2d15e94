using System.Security.Cryptography;
using System.Text.Json;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.State;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Faults;

/// <summary>Holds what runs say against what the simulator's ledger and list know.</summary>
internal static class Judge
{
    /// <summary>What must be true after every run, however it went.</summary>
    public static async Task<string?> AfterRunAsync(FaultBench bench)
    {
        var service = await ServiceAsync(bench);
        return PaidTwice(bench, service) ?? Lost(bench) ?? Strays(bench) ?? bench.Reports[^1].Results.Jobs.Select(job => Wrong(bench, job, service)).FirstOrDefault(w => w is not null);
    }

    /// <summary>What must be true after a run against a healthy service: everything is done that the service will ever do.</summary>
    public static async Task<string?> AfterCleanRunAsync(FaultBench bench)
    {
        var service = await ServiceAsync(bench);
        foreach (var job in bench.Reports[^1].Results.Jobs)
        {
            var isStuck = job.Status == JobStatus.Stalled && job.Steps.Any(s => s.RequestId is { } id && service[id] == "queued");
            if (!isStuck && job.Status is not (JobStatus.Succeeded or JobStatus.Reused))
            {
                return $"{job.Id} is {job.Status} after the clean run: {job.Error?.Message}";
            }
        }

        using var store = bench.Read();
        var known = store.ListJobs().SelectMany(store.ListRequests).Select(r => r.RequestId).ToHashSet();
        var forgotten = bench.Simulator.Ledger.Charges.FirstOrDefault(c => !known.Contains(c.RequestId));
        return forgotten is null ? Costs(bench) : $"{forgotten.Model} {forgotten.RequestId} is paid and never came on record";
    }

    private static string? PaidTwice(FaultBench bench, Dictionary<string, string> service) => bench.Simulator.Ledger.Charges
        .GroupBy(c => (c.Model, c.PayloadSha256))
        .Where(same => same.Count(c => service[c.RequestId] is not ("failed" or "cancelled")) > 1)
        .Select(same => $"{same.Key.Model} {same.Key.PayloadSha256[..8]} is paid for {same.Count()} times\n{string.Join('\n', same.Select(c => $"  {c.At:HH:mm:ss.f} {c.RequestId} paid"))}\n{Story(bench)}")
        .FirstOrDefault();

    // To see how it came to that without being able to repeat it.
    private static string Story(FaultBench bench)
    {
        using var store = bench.Read();
        return string.Join('\n', store.ListJobs().SelectMany(job => store.Story(job).Select(t => $"  {t.At:HH:mm:ss.f} {job.JobId} {t}")));
    }

    // What is paid for is on record by its id, or as a request that nobody knows of yet.
    private static string? Lost(FaultBench bench)
    {
        using var store = bench.Read();
        var requests = store.ListJobs().SelectMany(store.ListRequests).ToList();
        var open = requests.Where(r => r.State is StepState.Intent or StepState.Unknown).Select(r => r.Model).ToList();
        return bench.Simulator.Ledger.Charges
            .Where(c => requests.TrueForAll(r => r.RequestId != c.RequestId) && !open.Remove(c.Model))
            .Select(c => $"{c.Model} {c.RequestId} is paid and not on record")
            .FirstOrDefault();
    }

    private static string? Strays(FaultBench bench) =>
        bench.Simulator.Ledger.StrayAuthorizations is [var stray, ..] ? $"the key went to {stray.Method} {stray.Path}" : null;

    private static string? Wrong(FaultBench bench, JobResult job, Dictionary<string, string> service)
    {
        var sync = job.Steps.LastOrDefault(s => s.Model == ModelNames.LipSync);
        var steps = job.Steps.Where(s => s.RequestId is not null).ToList();
        var unheard = steps.Find(s => s.RequestId is { } id && !service.ContainsKey(id));
        return unheard is not null ? $"{job.Id}: the service has no request {unheard.RequestId}" : job.Status switch
        {
            JobStatus.Succeeded or JobStatus.Reused when job.Output is not { } output || !IsThere(Path.Combine(bench.OutputFolder, output.File), output) => $"{job.Id} is {job.Status} without its output",
            JobStatus.Succeeded when sync?.RequestId is not { } id || service[id] != "success" => $"{job.Id} is succeeded, and its request is not",
            JobStatus.Stalled when sync?.Status != "stalled" && steps.TrueForAll(s => s.Status != "stalled") => $"{job.Id} is stalled without a stalled step",
            JobStatus.Unknown when job.Steps.All(s => s.Status is not ("unknown" or "intent")) => $"{job.Id} is unknown without an unknown step",
            JobStatus.Failed when job.Error is null => $"{job.Id} failed without a reason",
            JobStatus.Failed when sync?.Status is "submitted" or "stalled" => $"{job.Id} is given up while its request runs",
            JobStatus.Stalled or JobStatus.Unknown when job.Error?.Message.Length is null or 0 => $"{job.Id} is {job.Status} without a reason",
            JobStatus.Skipped => $"{job.Id} is skipped",
            JobStatus.Pending when bench.Reports[^1].End == Runtime.Execution.RunEnd.Completed => $"{job.Id} is pending after a completed run",
            _ => null,
        };
    }

    private static bool IsThere(string file, OutputResult output) =>
        File.Exists(file) && Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))) == output.Sha256;

    // What is told is never less than what was taken.
    private static string? Costs(FaultBench bench)
    {
        var told = bench.Reports.Sum(r => r.Results.Summary.CostUsd);
        return told >= bench.Simulator.Ledger.SpentUsd ? null : $"the results tell of ${told}, the ledger of ${bench.Simulator.Ledger.SpentUsd}";
    }

    /// <summary>Every request of the service by id, with its status.</summary>
    private static async Task<Dictionary<string, string>> ServiceAsync(FaultBench bench)
    {
        var wasOn = bench.Faults.IsOn;
        bench.Faults.IsOn = false;
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{bench.Simulator.BaseUrl}/requests");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer key-of-the-fault-bench");
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        bench.Faults.IsOn = wasOn;
        return json.RootElement.GetProperty("requests").EnumerateArray()
            .ToDictionary(r => r.GetProperty("request_id").GetString() ?? "", r => r.GetProperty("status").GetString() ?? "");
    }
}
