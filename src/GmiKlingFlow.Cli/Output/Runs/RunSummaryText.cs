using System.Globalization;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Planning.Prices;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Cli.Output.Runs;

/// <summary>What a run came to, on standard output: each job, where its video is, what it cost, and what to do next.</summary>
/// <param name="settle">The command that decides a job by hand, without the decision; null where there is none.</param>
internal sealed class RunSummaryText(ProgramContext context, Terminal terminal, Func<JobResult, string?> settle)
{
    private const int MostReused = 20;

    private const int ReasonIndent = 11;

    private readonly Ansi style = new(terminal.Traits.ColourOnOutput);

    // What many jobs have in common is told in full by the first of them.
    private readonly Dictionary<string, string> firstWith = new(StringComparer.Ordinal);

    public void Write(RunReport report)
    {
        var (output, results) = (terminal.Data, report.Results);
        var folder = Path.GetDirectoryName(report.ResultsFile) ?? context.WorkingDirectory;
        var reused = results.Summary.Reused > MostReused;
        var shown = results.Jobs.Where(job => job.Status != JobStatus.Skipped && !(reused && job.Status == JobStatus.Reused)).ToList();
        var widest = shown.Count == 0 ? 0 : Math.Min(40, shown.Max(static job => Printable.Width(job.Id)));
        foreach (var job in shown)
        {
            WriteJob(job, folder, widest);
        }

        if (shown.Count > 0)
        {
            output.WriteLine();
        }

        terminal.WriteSentence(Verdict(results));
        if (report.ResultsWritten)
        {
            output.WriteLine($"Results: {context.ShownPath(Path.Combine(folder, ResultsWriter.YamlName))} and {ResultsWriter.JsonName}");
        }

        if (Kept(report) is { } kept)
        {
            output.WriteLine(kept);
        }

        foreach (var line in Next(report))
        {
            terminal.WriteSentence(line);
        }
    }

    /// <summary>The same in short on standard error, where standard output carries something else.</summary>
    public void Say(RunReport report)
    {
        terminal.Say(Verdict(report.Results));
        if (Kept(report) is { } kept)
        {
            terminal.Say(kept);
        }

        foreach (var line in Next(report))
        {
            terminal.Say(line);
        }
    }

    private void WriteJob(JobResult job, string folder, int widest)
    {
        var (output, id) = (terminal.Data, Printable.Line(job.Id));
        var padding = new string(' ', Math.Max(0, widest - Printable.Width(id)));
        var outcome = job.Output is { } video ? Printable.Line(context.ShownPath(Path.GetFullPath(video.File, folder))) : job.Error?.Code ?? "";
        output.WriteLine($"{Coloured(job.Status)}  {id}{padding}  {outcome}{Cost(job)}".TrimEnd());
        if (job.Error is not { } error)
        {
            return;
        }

        if (!firstWith.TryAdd(error.Message, id))
        {
            terminal.WriteSentence($"As {firstWith[error.Message]}.", ReasonIndent);
            return;
        }

        terminal.WriteSentence(Printable.Line(error.Message), ReasonIndent);
        if (Hint(job, error) is { } hint)
        {
            WriteHint(hint);
        }
    }

    private void WriteHint(string hint)
    {
        if (!hint.Contains('\n', StringComparison.Ordinal))
        {
            terminal.WriteSentence(Printable.Line(hint), ReasonIndent);
            return;
        }

        // A table of faces keeps its columns.
        foreach (var line in hint.Split('\n'))
        {
            terminal.Data.WriteLine($"{new string(' ', ReasonIndent)}{Printable.Line(line)}");
        }
    }

    private string? Hint(JobResult job, JobError error) => job.Status is JobStatus.Unknown or JobStatus.Stalled && settle(job) is { } command
        ? error.Hint?.Replace(StateFailures.SettleCommand, command, StringComparison.Ordinal)
        : error.Hint;

    private string Cost(JobResult job) => job.Steps.Sum(static step => step.Cost.Usd) is > 0 and var usd ? $"  {style.Dim(Money.Text(usd))}" : "";

    private string Coloured(JobStatus status)
    {
        var word = RunWords.Status(status).PadRight(9);
        return status switch
        {
            JobStatus.Succeeded or JobStatus.Reused => style.Green(word),
            JobStatus.Failed => style.Red(word),
            JobStatus.Stalled or JobStatus.Unknown => style.Yellow(word),
            _ => word,
        };
    }

    /// <summary>A run in one line.</summary>
    public static string Verdict(RunResults results)
    {
        var summary = results.Summary;
        var counts = new (int Count, string Word)[]
            {
                (summary.Succeeded, "succeeded"), (summary.Reused, "reused"), (summary.Failed, "failed"), (summary.Stalled, "stalled"),
                (summary.Unknown, "unknown"), (summary.Pending, "pending"), (summary.Skipped, "skipped"),
            }
            .Where(static c => c.Count > 0)
            .Select(static c => string.Create(CultureInfo.InvariantCulture, $"{c.Count} {c.Word}"));
        var cost = results.Run.Simulated
            ? $"simulated: nothing was spent{(summary.CostUsd == 0 ? "" : $", the service would have cost about {Money.Text(summary.CostUsd)}")}"
            : summary.CostUsd == 0 ? "nothing was spent" : $"about {Money.Text(summary.CostUsd)}, estimated by {summary.PriceSource}";
        return $"Run: {string.Join(", ", counts.DefaultIfEmpty("no jobs"))} · {cost} · {RunWords.Duration(TimeSpan.FromMilliseconds(summary.WallMs))}";
    }

    private string? Kept(RunReport report) => report.KeptResults is { } kept ? $"The results of the last real run are kept in {context.ShownPath(kept)}." : null;

    private IEnumerable<string> Next(RunReport report)
    {
        if (report.Reason is { } reason)
        {
            yield return firstWith.TryGetValue(reason.Message, out var job) ? $"Ended early: {reason.Code}, as {job}." : $"Ended early: {reason.Code}: {Printable.Line(reason.Message)}";
        }

        // With --fresh the same command would send, and pay, everything once more.
        var again = report.Fresh ? "Run the command again without --fresh" : "Run the same command again";
        if (report.End == RunEnd.Interrupted && !report.Results.Run.Simulated)
        {
            yield return $"Interrupted. The service goes on working on what it has taken (and bills it). {again} to go on from here.";
        }
        else if (report.End == RunEnd.Interrupted)
        {
            yield return $"Interrupted. {again} to go on from here.";
        }
        else if (report.Results.Summary is { Stalled: > 0 } or { Unknown: > 0 })
        {
            yield return $"{again} to look once more; nothing is sent twice.";
        }
    }
}
