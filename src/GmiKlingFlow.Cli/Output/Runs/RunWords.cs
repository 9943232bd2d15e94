using System.Globalization;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.Results;

namespace GmiKlingFlow.Cli.Output.Runs;

/// <summary>What happened in a run, in words for people: the same ones in the live display and in a log.</summary>
internal static class RunWords
{
    /// <returns>The job an event is about and what happened to it; null for events that are about the run or too small to tell.</returns>
    public static (string Job, string Happened)? Of(RunEvent runEvent) => runEvent switch
    {
        RunEvent.UploadStarted e => (e.JobId, $"uploading {e.File} ({Size(e.Bytes)})"),
        RunEvent.UploadFinished e => (e.JobId, $"uploaded {e.File}"),
        RunEvent.AttemptStarted { Number: > 1 } e => (e.JobId, $"{Step(e.Model)}: sending again (attempt {Number(e.Number)})"),
        RunEvent.AttemptStarted e => (e.JobId, $"{Step(e.Model)}: sending"),
        RunEvent.Submitted e => (e.JobId, $"{Step(e.Model)}: taken as {e.RequestId}"),
        RunEvent.Resumed e => (e.JobId, $"{Step(e.Model)}: resuming {e.RequestId}, which is paid already"),
        RunEvent.Adopted e => (e.JobId, $"{Step(e.Model)}: found again as {e.RequestId}"),
        RunEvent.StatusChanged { IsRecognised: false } e => (e.JobId, $"{Step(e.Model)}: {e.StatusWord} (an unknown status; waiting on)"),
        RunEvent.StatusChanged e => (e.JobId, $"{Step(e.Model)}: {e.StatusWord}"),
        RunEvent.Unclear e => (e.JobId, $"{Step(e.Model)}: the answer was lost, looking it up ({e.Failure.Message})"),
        RunEvent.Waiting e => (e.JobId, $"{Step(e.Model)}: waiting {Duration(e.For)} ({e.Reason})"),
        RunEvent.Warned e => (e.JobId, $"warning {e.Diagnostic.Code}: {e.Diagnostic.Message}"),
        RunEvent.Downloading e => (e.JobId, $"downloading {e.Output}"),
        RunEvent.JobFinished e => (e.Result.Id, Finished(e.Result)),
        _ => null,
    };

    public static string Step(string model) => model switch
    {
        ModelNames.IdentifyFace => "identify",
        ModelNames.LipSync => "lip-sync",
        _ => model,
    };

    /// <summary>As in <c>4.2 s</c>, <c>3:05 min</c>.</summary>
    public static string Duration(TimeSpan time) => time.TotalSeconds switch
    {
        < 60 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s"),
        < 3600 => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes}:{time.Seconds:00} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00} h"),
    };

    /// <summary>For columns of times that change, as in <c>0:07</c>, <c>12:05</c>, <c>1:02:05</c>.</summary>
    public static string Clock(TimeSpan time) => time.TotalHours < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes}:{time.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}");

    public static string Status(JobStatus status) => status switch
    {
        JobStatus.Succeeded => "succeeded",
        JobStatus.Reused => "reused",
        JobStatus.Failed => "failed",
        JobStatus.Stalled => "stalled",
        JobStatus.Unknown => "unknown",
        JobStatus.Skipped => "skipped",
        _ => "pending",
    };

    private static string Finished(JobResult result) =>
        result.Error is { } error ? $"{Status(result.Status)}: {error.Code}: {error.Message}" : Status(result.Status);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Size(long bytes) => bytes switch
    {
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, bytes / 1000)} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000.0:0.#} MB"),
    };
}
