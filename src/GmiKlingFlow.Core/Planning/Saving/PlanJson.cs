using System.Text.Encodings.Web;
using System.Text.Json;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Planning.Choosing;
using GmiKlingFlow.Core.Planning.Comparing;
using GmiKlingFlow.Core.Planning.Payloads;
using GmiKlingFlow.Core.Planning.Shards;

namespace GmiKlingFlow.Core.Planning.Saving;

/// <summary>Writes a plan as JSON (product 4, <c>schemas/plan.v1.schema.json</c>): deterministic bytes, streamed, nothing in it depends on the clock.</summary>
public static class PlanJson
{
    private const int FlushAt = 64 * 1024;

    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = true,
        IndentSize = 2,
        NewLine = "\n",
    };

    /// <param name="origin">What else than the flow decided the plan, for a plan that is saved and run later; null leaves <c>inputs</c> out.</param>
    /// <param name="against">What it was held against; null leaves <c>against</c> out.</param>
    public static void Write(Stream stream, Plan plan, PlanOrigin? origin = null, PlanComparison? against = null)
    {
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("apiVersion", "gmiklingflow/v1");
            json.WriteString("kind", "Plan");
            json.WriteStartObject("flow");
            json.WriteString("name", plan.Flow.Name);
            json.WriteString("file", plan.Flow.File);
            json.WriteString("sha256", plan.Flow.Sha256);
            json.WriteEndObject();
            if (plan.Lock is { } faces)
            {
                json.WriteStartObject("faces_lock");
                json.WriteString("file", faces.File);
                json.WriteString("sha256", LockIdentity.Of(faces));
                json.WriteEndObject();
            }

            if (plan.Sharding is { } sharding)
            {
                WriteSharding(json, sharding);
            }

            WriteJobs(json, plan);
            WriteSummary(json, plan.Summary);
            json.WriteStartArray("diagnostics");
            foreach (var diagnostic in plan.Diagnostics)
            {
                DiagnosticWriter.Write(json, diagnostic);
            }

            json.WriteEndArray();
            PlanSources.Write(json, plan);
            if (origin is not null)
            {
                json.WritePropertyName("inputs");
                origin.Write(json);
            }

            if (against is not null)
            {
                PlanComparisonJson.Write(json, against);
            }

            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    private static void WriteSharding(Utf8JsonWriter json, Sharding sharding)
    {
        json.WriteStartObject("shard");
        json.WriteNumber("index", sharding.Shard.Index);
        json.WriteNumber("count", sharding.Shard.Count);
        json.WriteStartArray("estimated_seconds");
        foreach (var time in sharding.Times)
        {
            json.WriteNumberValue((long)Math.Round(time.TotalSeconds));
        }

        json.WriteEndArray();
        json.WriteNumber("extra_identifies", sharding.ExtraIdentifies);
        json.WriteEndObject();
    }

    private static void WriteJobs(Utf8JsonWriter json, Plan plan)
    {
        json.WriteStartArray("jobs");
        foreach (var job in plan.Jobs)
        {
            WriteJob(json, job);
            if (json.BytesPending > FlushAt)
            {
                json.Flush();
            }
        }

        json.WriteEndArray();
    }

    private static void WriteJob(Utf8JsonWriter json, PlannedJob job)
    {
        json.WriteStartObject();
        json.WriteString("id", job.Job.Id);
        json.WriteString("key", job.Key.Value);
        json.WriteStartObject("labels");
        foreach (var (name, value) in job.Job.Labels)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteString("video", job.Job.Video.Name);
        if (job.Shard is { } shard)
        {
            json.WriteNumber("shard", shard);
        }

        json.WriteString("action", Name(job.Action));
        json.WriteString("reason", job.Reason);
        json.WriteString("output", job.Job.Output);
        json.WriteStartArray("steps");
        foreach (var step in job.Steps)
        {
            WriteStep(json, step);
        }

        json.WriteEndArray();
        PlanSources.WriteEntries(json, job.Job);
        json.WriteEndObject();
    }

    private static void WriteStep(Utf8JsonWriter json, PlannedStep step)
    {
        json.WriteStartObject();
        json.WriteString("model", step.Model);
        json.WriteString("action", step.Action == StepAction.Create ? "create" : "reuse");
        json.WritePropertyName("payload");
        PayloadWriter.Write(json, step.Payload, PayloadFill.None, requireKnown: false);
        json.WriteStartArray("unknown");
        foreach (var pointer in step.Unknown)
        {
            json.WriteStringValue(pointer);
        }

        json.WriteEndArray();
        json.WriteNumber("estimated_usd", step.EstimatedUsd);
        json.WriteEndObject();
    }

    private static void WriteSummary(Utf8JsonWriter json, PlanSummary summary)
    {
        json.WriteStartObject("summary");
        json.WriteNumber("jobs", summary.Jobs);
        json.WriteNumber("create", summary.Create);
        json.WriteNumber("change", summary.Change);
        json.WriteNumber("resume", summary.Resume);
        json.WriteNumber("settle", summary.Settle);
        json.WriteNumber("reuse", summary.Reuse);
        json.WriteNumber("blocked", summary.Blocked);
        json.WriteNumber("skip", summary.Skip);
        json.WriteStartObject("requests");
        foreach (var (model, count) in summary.Requests)
        {
            json.WriteNumber(model, count);
        }

        json.WriteEndObject();
        json.WriteNumber("estimated_usd", summary.EstimatedUsd);
        json.WriteString("price_source", summary.PriceSource);
        json.WriteEndObject();
    }

    /// <returns>The action's word in JSON.</returns>
    public static string Name(JobAction action) => action switch
    {
        JobAction.Create => "create",
        JobAction.Change => "change",
        JobAction.Resume => "resume",
        JobAction.Settle => "settle",
        JobAction.Reuse => "reuse",
        JobAction.Blocked => "blocked",
        JobAction.Skip => "skip",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "An unknown action."),
    };
}
