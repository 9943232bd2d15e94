using System.Text.Json;

namespace GmiKlingFlow.Core.Planning.Comparing;

/// <summary>Writes a comparison as the member <c>against</c> of a plan's JSON.</summary>
internal static class PlanComparisonJson
{
    public static void Write(Utf8JsonWriter json, PlanComparison comparison)
    {
        json.WriteStartObject("against");
        json.WriteStartObject("base");
        json.WriteString("kind", comparison.Base.Kind switch
        {
            PlanBaseKind.Plan => "plan",
            PlanBaseKind.Results => "results",
            _ => "flow",
        });
        json.WriteString("name", comparison.Base.Name);
        json.WriteString("flow", comparison.Base.FlowName);
        json.WriteEndObject();
        json.WriteNumber("add", comparison.Count(JobChangeKind.Add));
        json.WriteNumber("change", comparison.Count(JobChangeKind.Change));
        json.WriteNumber("rename", comparison.Count(JobChangeKind.Rename));
        json.WriteNumber("remove", comparison.Count(JobChangeKind.Remove));
        json.WriteNumber("same", comparison.Same);
        json.WriteStartObject("requests");
        foreach (var (model, count) in comparison.Requests)
        {
            json.WriteNumber(model, count);
        }

        json.WriteEndObject();
        json.WriteNumber("estimated_usd", comparison.EstimatedUsd);
        json.WriteStartArray("jobs");
        foreach (var job in comparison.Jobs)
        {
            json.WriteStartObject();
            json.WriteString("id", job.Id);
            json.WriteString("was", job.Was);
            json.WriteString("change", Name(job.Kind));
            json.WriteString("reason", job.Reason);
            json.WriteNumber("estimated_usd", job.EstimatedUsd);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("notes");
        foreach (var note in comparison.Base.Notes)
        {
            json.WriteStringValue(note);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Name(JobChangeKind kind) => kind switch
    {
        JobChangeKind.Add => "add",
        JobChangeKind.Change => "change",
        JobChangeKind.Rename => "rename",
        JobChangeKind.Remove => "remove",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "An unknown change."),
    };
}
