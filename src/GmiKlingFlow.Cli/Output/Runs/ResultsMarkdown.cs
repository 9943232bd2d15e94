using System.Globalization;
using System.Text;
using GmiKlingFlow.Cli.Output.Plans;
using GmiKlingFlow.Core.Planning.Prices;
using GmiKlingFlow.Runtime.Results;

namespace GmiKlingFlow.Cli.Output.Runs;

/// <summary>What a run came to, as a table for GitHub's step summary.</summary>
internal static class ResultsMarkdown
{
    private const int MostCharacters = 200_000;

    /// <summary>What needs someone comes first.</summary>
    private static readonly JobStatus[] Order =
        [JobStatus.Failed, JobStatus.Unknown, JobStatus.Stalled, JobStatus.Pending, JobStatus.Succeeded, JobStatus.Reused];

    public static string Of(FlowOutcome outcome)
    {
        var text = new StringBuilder($"### {MarkdownText.Of(outcome.Name)}\n\n");
        if (outcome.Report is not { } report)
        {
            return text.Append(outcome.NotStarted is { } reason ? MarkdownText.Of(reason) : "Nothing was sent.").ToString();
        }

        text.Append(CultureInfo.InvariantCulture, $"**{MarkdownText.Of(RunSummaryText.Verdict(report.Results))}**\n\n");
        if (report.Reason is { } early)
        {
            text.Append(CultureInfo.InvariantCulture, $"Ended early: {MarkdownText.Code(early.Code)} {MarkdownText.Of(early.Message)}\n\n");
        }

        WriteRows(report.Results.Jobs, text);
        return text.ToString();
    }

    /// <summary>Goes through the jobs once, and holds no more of them than there is room for.</summary>
    private static void WriteRows(IReadOnlyList<JobResult> jobs, StringBuilder text)
    {
        var (rows, lengths, left) = (Order.ToDictionary(static status => status, static _ => new List<string>()), new Dictionary<JobStatus, int>(), 0);
        foreach (var job in jobs.Where(static job => job.Status != JobStatus.Skipped))
        {
            left++;
            if (lengths.GetValueOrDefault(job.Status) <= MostCharacters)
            {
                rows[job.Status].Add(Row(job));
                lengths[job.Status] = lengths.GetValueOrDefault(job.Status) + rows[job.Status][^1].Length;
            }
        }

        if (left == 0)
        {
            return;
        }

        text.Append("| Status | Job | Video | Output | Cost | Why |\n|---|---|---|---|---:|---|\n");
        foreach (var row in Order.SelectMany(status => rows[status]))
        {
            if (text.Length + row.Length > MostCharacters)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n{left} more jobs are not listed: there is no room for them.\n");
                return;
            }

            text.Append(row);
            left--;
        }
    }

    private static string Row(JobResult job)
    {
        var cost = job.Steps.Sum(static step => step.Cost.Usd);
        var why = job.Error is { } error ? $"{MarkdownText.Code(error.Code)} {MarkdownText.Of(error.Message)}" : "";
        return $"| {RunWords.Status(job.Status)} | {MarkdownText.Code(job.Id)} | {MarkdownText.Code(job.Video)} | {(job.Output is { } output ? MarkdownText.Code(output.File) : "")} | {(cost > 0 ? Money.Text(cost) : "")} | {why} |\n";
    }
}
