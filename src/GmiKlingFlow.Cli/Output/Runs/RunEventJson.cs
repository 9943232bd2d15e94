using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.Results;

namespace GmiKlingFlow.Cli.Output.Runs;

/// <summary>One JSON object per line on standard output, written as things happen: <c>{"event":"submitted","at":...,"flow":...,"job":...}</c>.</summary>
internal sealed class RunEventJson(Terminal terminal, string flowName, TimeProvider time) : IRunEvents
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Report(RunEvent runEvent)
    {
        // A line for every look at a request would drown the others; how many there were stands in job_finished.
        if (runEvent is RunEvent.Polled)
        {
            return;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("event", Name(runEvent));
            json.WriteString("at", time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("flow", flowName);
            WriteMembers(json, runEvent);
            json.WriteEndObject();
        }

        var line = Encoding.UTF8.GetString(buffer.WrittenSpan);
        lock (terminal.Data)
        {
            terminal.Data.WriteLine(line);
            terminal.Data.Flush();
        }
    }

    private static string Name(RunEvent runEvent) => runEvent switch
    {
        RunEvent.RunStarted => "run_started",
        RunEvent.JobStarted => "job_started",
        RunEvent.UploadStarted => "upload_started",
        RunEvent.UploadFinished => "upload_finished",
        RunEvent.AttemptStarted => "attempt_started",
        RunEvent.Submitted => "submitted",
        RunEvent.Resumed => "resumed",
        RunEvent.Adopted => "adopted",
        RunEvent.StatusChanged => "status_changed",
        RunEvent.Unclear => "unclear",
        RunEvent.Waiting => "waiting",
        RunEvent.Warned => "warned",
        RunEvent.Downloading => "downloading",
        RunEvent.JobFinished => "job_finished",
        RunEvent.Stopping => "stopping",
        RunEvent.RunFinished => "run_finished",
        _ => throw new ArgumentOutOfRangeException(nameof(runEvent), runEvent, "An event without a name."),
    };

    private static void WriteMembers(Utf8JsonWriter json, RunEvent runEvent)
    {
        switch (runEvent)
        {
            case RunEvent.RunStarted e:
                json.WriteString("run", e.RunId);
                json.WriteNumber("jobs", e.Jobs);
                break;
            case RunEvent.JobStarted e:
                json.WriteString("job", e.JobId);
                json.WriteNumber("passes", e.Passes);
                break;
            case RunEvent.UploadStarted e:
                json.WriteString("job", e.JobId);
                json.WriteString("file", e.File);
                json.WriteNumber("bytes", e.Bytes);
                break;
            case RunEvent.UploadFinished e:
                json.WriteString("job", e.JobId);
                json.WriteString("file", e.File);
                break;
            case RunEvent.AttemptStarted e:
                WriteStep(json, e, e.JobId, e.Model, null);
                json.WriteNumber("attempt", e.Number);
                break;
            case RunEvent.Submitted e:
                WriteStep(json, e, e.JobId, e.Model, e.RequestId);
                break;
            case RunEvent.Resumed e:
                WriteStep(json, e, e.JobId, e.Model, e.RequestId);
                break;
            case RunEvent.Adopted e:
                WriteStep(json, e, e.JobId, e.Model, e.RequestId);
                break;
            case RunEvent.StatusChanged e:
                WriteStep(json, e, e.JobId, e.Model, e.RequestId);
                json.WriteString("status", e.StatusWord);
                json.WriteBoolean("recognised", e.IsRecognised);
                break;
            case RunEvent.Unclear e:
                WriteStep(json, e, e.JobId, e.Model, null);
                Write(json, "error", e.Failure);
                break;
            case RunEvent.Waiting e:
                WriteStep(json, e, e.JobId, e.Model, null);
                json.WriteNumber("for_ms", (long)e.For.TotalMilliseconds);
                json.WriteString("reason", e.Reason);
                break;
            case RunEvent.Warned e:
                json.WriteString("job", e.JobId);
                json.WritePropertyName("diagnostic");
                DiagnosticWriter.Write(json, e.Diagnostic);
                break;
            case RunEvent.Downloading e:
                json.WriteString("job", e.JobId);
                json.WriteString("output", e.Output);
                break;
            case RunEvent.JobFinished e:
                WriteFinished(json, e.Result);
                break;
            case RunEvent.Stopping e:
                json.WriteString("end", End(e.End));
                Write(json, "error", e.Reason);
                break;
            case RunEvent.RunFinished e:
                WriteFinished(json, e.Report);
                break;
        }
    }

    private static void WriteStep(Utf8JsonWriter json, RunEvent runEvent, string job, string model, string? requestId)
    {
        json.WriteString("job", job);
        json.WriteString("model", model);
        if (runEvent.Pass is { } pass)
        {
            json.WriteNumber("pass", pass);
        }

        if (requestId is not null)
        {
            json.WriteString("request_id", requestId);
        }
    }

    private static void WriteFinished(Utf8JsonWriter json, JobResult result)
    {
        json.WriteString("job", result.Id);
        json.WriteString("status", RunWords.Status(result.Status));
        json.WriteString("output", result.Output?.File);
        json.WriteNumber("cost_usd", result.Steps.Sum(static step => step.Cost.Usd));
        Write(json, "error", result.Error?.ToFailure());
    }

    private static void WriteFinished(Utf8JsonWriter json, RunReport report)
    {
        var summary = report.Results.Summary;
        json.WriteString("run", report.Results.Run.Id);
        json.WriteString("end", End(report.End));
        json.WriteString("results", report.ResultsFile);
        json.WriteNumber("total", summary.Total);
        json.WriteNumber("succeeded", summary.Succeeded);
        json.WriteNumber("reused", summary.Reused);
        json.WriteNumber("failed", summary.Failed);
        json.WriteNumber("stalled", summary.Stalled);
        json.WriteNumber("unknown", summary.Unknown);
        json.WriteNumber("pending", summary.Pending);
        json.WriteNumber("skipped", summary.Skipped);
        json.WriteNumber("cost_usd", summary.CostUsd);
        json.WriteNumber("wall_ms", summary.WallMs);
        Write(json, "error", report.Reason);
    }

    private static string End(RunEnd end) => end switch
    {
        RunEnd.Completed => "completed",
        RunEnd.BudgetReached => "budget_reached",
        RunEnd.FailureLimit => "failure_limit",
        RunEnd.FacesDiffer => "faces_differ",
        RunEnd.ServiceRefused => "service_refused",
        RunEnd.Interrupted => "interrupted",
        _ => "state_unusable",
    };

    private static void Write(Utf8JsonWriter json, string name, Failure? failure)
    {
        if (failure is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteString("code", failure.Code);
        json.WriteString("message", failure.Message);
        json.WriteBoolean("retryable", failure.Retryable);
        json.WriteString("hint", failure.Hint);
        json.WriteEndObject();
    }
}
