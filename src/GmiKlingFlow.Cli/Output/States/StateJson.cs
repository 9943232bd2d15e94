using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Cli.Output.States;

/// <summary>The state as JSON: <c>{"jobs":[{service, flow, id, key, status, output, run, ..., requests:[...], story:[...]}]}</c>.</summary>
internal static class StateJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="withStory">True: every transition is written too.</param>
    public static void Write(Terminal terminal, IReadOnlyList<JobStory> stories, bool withStory = false)
    {
        terminal.WriteData(stream =>
        {
            using var json = new Utf8JsonWriter(stream, Options);
            json.WriteStartObject();
            json.WriteStartArray("jobs");
            foreach (var story in stories)
            {
                WriteJob(json, story, withStory);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
        terminal.Data.WriteLine();
    }

    /// <summary>One line for each job as it stands: the same members as a line for a change, with nothing it came from.</summary>
    public static void WriteLines(Terminal terminal, IReadOnlyList<StoredJob> jobs)
    {
        foreach (var job in jobs)
        {
            WriteLine(terminal, new StoredMove(0, job.Service, job.FlowName, job.JobId, new StoredTransition(job.UpdatedAt, job.RunId, null, null, job.Status, null)));
        }
    }

    /// <summary>One line for a change: <c>{"service":...,"flow":...,"id":...,"at":...,"run":...,"model":...,"from":...,"to":...,"detail":...}</c>.</summary>
    public static void WriteLine(Terminal terminal, StoredMove move)
    {
        terminal.WriteData(stream =>
        {
            using var json = new Utf8JsonWriter(stream, Options with { Indented = false });
            json.WriteStartObject();
            json.WriteString("service", move.Service);
            json.WriteString("flow", move.FlowName);
            json.WriteString("id", move.JobId);
            WriteMembers(json, move.Transition);
            json.WriteEndObject();
        });
        terminal.Data.WriteLine();
    }

    private static void WriteJob(Utf8JsonWriter json, JobStory story, bool withStory)
    {
        var job = story.Job;
        json.WriteStartObject();
        json.WriteString("service", job.Service);
        json.WriteString("flow", job.FlowName);
        json.WriteString("id", job.JobId);
        json.WriteString("key", job.Key);
        json.WriteString("status", job.Status);
        json.WriteString("output", job.Output);
        json.WriteString("run", job.RunId);
        Write(json, "started_at", job.StartedAt);
        Write(json, "updated_at", job.UpdatedAt);
        Write(json, job.Failure);
        json.WriteStartArray("requests");
        foreach (var request in story.Requests)
        {
            WriteRequest(json, request);
        }

        json.WriteEndArray();
        if (withStory)
        {
            json.WriteStartObject("key_parts");
            foreach (var (name, value) in job.KeyParts)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            json.WriteStartArray("story");
            foreach (var step in story.Transitions)
            {
                WriteTransition(json, step);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteRequest(Utf8JsonWriter json, StoredRequest request)
    {
        json.WriteStartObject();
        json.WriteString("model", request.Model);
        json.WriteString("request_id", request.RequestId);
        json.WriteString("state", StepTransitions.Word(request.State));
        json.WriteString("queue_status", request.QueueStatus);
        json.WriteNumber("attempts", request.Attempts);
        json.WriteNumber("polls", request.Polls);
        Write(json, "submitted_at", request.SubmittedAt);
        Write(json, "finished_at", request.FinishedAt);
        Write(json, request.Failure);
        json.WriteEndObject();
    }

    private static void WriteTransition(Utf8JsonWriter json, StoredTransition step)
    {
        json.WriteStartObject();
        WriteMembers(json, step);
        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, StoredTransition step)
    {
        Write(json, "at", step.At);
        json.WriteString("run", step.RunId);
        json.WriteString("model", step.Model);
        json.WriteString("from", step.From);
        json.WriteString("to", step.To);
        json.WriteString("detail", step.Detail);
    }

    private static void Write(Utf8JsonWriter json, string name, DateTimeOffset? time) =>
        json.WriteString(name, time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));

    private static void Write(Utf8JsonWriter json, Failure? failure)
    {
        if (failure is null)
        {
            json.WriteNull("error");
            return;
        }

        json.WriteStartObject("error");
        json.WriteString("code", failure.Code);
        json.WriteString("message", failure.Message);
        json.WriteBoolean("retryable", failure.Retryable);
        json.WriteString("hint", failure.Hint);
        json.WriteEndObject();
    }
}
