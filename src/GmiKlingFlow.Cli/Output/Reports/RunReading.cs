using System.Globalization;
using System.Text.Json;

namespace GmiKlingFlow.Cli.Output.Reports;

/// <summary>Reads what a manifest or a plan says of the whole.</summary>
internal static class RunReading
{
    public static ReportRun OfResults(JsonElement root, string file)
    {
        var run = root.Member("run") ?? default;
        var summary = root.Member("summary") ?? default;
        return new ReportRun("results", file, FlowName(root))
        {
            Id = run.Text("id"),
            StartedAt = run.Time("started_at"),
            FinishedAt = run.Time("finished_at"),
            Host = run.Text("host"),
            Simulated = run.Flag("simulated"),
            CostUsd = summary.Money("cost_usd"),
            PriceSource = summary.Text("price_source"),
            WallMs = summary.Whole("wall_ms"),
        };
    }

    public static ReportRun OfPlan(JsonElement root, string file)
    {
        var summary = root.Member("summary") ?? default;
        var problems = root.List("diagnostics").Select(Problem).ToList();
        return new ReportRun("plan", file, FlowName(root))
        {
            CostUsd = summary.Money("estimated_usd"),
            PriceSource = summary.Text("price_source"),
            Requests = Counts(summary.Member("requests") ?? default),
            Problems = problems.Count > 0 ? problems : null,
        };
    }

    private static string FlowName(JsonElement root) => root.Member("flow")?.Text("name") ?? "unnamed flow";

    private static ReportProblem Problem(JsonElement diagnostic)
    {
        var place = diagnostic.Text("file") is not { } file ? null
            : diagnostic.Whole("line") is not { } line ? file
            : string.Create(CultureInfo.InvariantCulture, $"{file}:{line}{(diagnostic.Whole("column") is { } column ? $":{column}" : "")}");
        return new ReportProblem(diagnostic.Text("severity") ?? "error", diagnostic.Text("code") ?? "", diagnostic.Text("message") ?? "", diagnostic.Text("hint"), place);
    }

    private static Dictionary<string, long>? Counts(JsonElement requests)
    {
        if (requests.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var model in requests.EnumerateObject())
        {
            if (Members.NameOf(model) is { } name && requests.Whole(name) is { } count)
            {
                counts[name] = count;
            }
        }

        return counts;
    }
}
