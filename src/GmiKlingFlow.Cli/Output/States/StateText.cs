using System.Globalization;
using GmiKlingFlow.Cli.Output.Runs;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Cli.Output.States;

/// <summary>The state for people. Times are UTC: a state is kept between machines.</summary>
internal static class StateText
{
    /// <param name="settle">The command that decides a job by hand, without the decision; null where there is none.</param>
    public static void WriteTable(Terminal terminal, IReadOnlyList<JobStory> stories, Func<StoredJob, string?> settle)
    {
        var (output, style) = (terminal.Data, new Ansi(terminal.Traits.ColourOnOutput));
        var widest = stories.Select(static s => Printable.Width(Printable.Line(s.Job.JobId))).DefaultIfEmpty(0).Max();
        foreach (var group in stories.GroupBy(static s => (s.Job.Service, s.Job.FlowName)))
        {
            output.WriteLine(style.Bold($"{Printable.Line(group.Key.FlowName)} · {(group.Key.Service == ServiceName.Simulator ? "simulated" : Printable.Line(group.Key.Service))}"));
            foreach (var (job, requests, _) in group)
            {
                var id = Printable.Line(job.JobId);
                var line = $"{Status(job.Status, style)}  {id}{new string(' ', Math.Max(0, widest - Printable.Width(id)))}  {Time(job.UpdatedAt)}  {Printable.Line(job.Output)}";
                output.WriteLine(line.TrimEnd());
                foreach (var reason in Reasons(job, requests).Concat(ByHand(job, requests, settle)))
                {
                    terminal.WriteSentence(reason, 11, style.Dim);
                }
            }

            output.WriteLine();
        }

        output.WriteLine(Summary([.. stories.Select(static s => s.Job)]));
    }

    /// <param name="settle">As for the table.</param>
    public static void WriteStories(Terminal terminal, IReadOnlyList<JobStory> stories, Func<StoredJob, string?> settle)
    {
        var (output, style) = (terminal.Data, new Ansi(terminal.Traits.ColourOnOutput));
        foreach (var (job, requests, transitions) in stories)
        {
            output.WriteLine(style.Bold($"{Printable.Line(job.JobId)} · {job.Status} · {Printable.Line(job.FlowName)} · {(job.Service == ServiceName.Simulator ? "simulated" : Printable.Line(job.Service))}"));
            output.WriteLine($"  output   {Printable.Line(job.Output)}");
            output.WriteLine($"  key      {job.Key}");
            foreach (var (name, value) in job.KeyParts)
            {
                output.WriteLine($"             {Printable.Line(name)} {Printable.Line(value)}");
            }

            foreach (var request in requests)
            {
                output.WriteLine($"  {RunWords.Step(request.Model),-8} {Printable.Line(request.RequestId ?? "(no id)")} · {StepTransitions.Word(request.State)} · {Count(request.Attempts, "attempt")}, {Count(request.Polls, "poll")}");
                if (request.Failure is { } failure)
                {
                    output.WriteLine($"           {failure.Code}: {Printable.Line(failure.Message)}");
                }
            }

            foreach (var line in ByHand(job, requests, settle))
            {
                output.WriteLine($"  {line}");
            }

            output.WriteLine();
            foreach (var step in transitions)
            {
                var change = step.From is null ? step.To : $"{step.From} → {step.To}";
                var detail = step.Detail is null ? "" : $" ({Printable.Line(step.Detail)})";
                output.WriteLine($"  {Time(step.At)}  {(step.Model is null ? "job" : RunWords.Step(step.Model)),-8}  {Printable.Line(change)}{detail}");
            }

            output.WriteLine();
        }
    }

    private static IEnumerable<string> Reasons(StoredJob job, IReadOnlyList<StoredRequest> requests)
    {
        if (job.Failure is { } failure)
        {
            yield return $"{failure.Code}: {Printable.Line(failure.Message)}";
        }

        foreach (var open in requests.Where(static r => r.State is StepState.Submitted or StepState.Stalled or StepState.Unknown or StepState.Intent))
        {
            var id = open.RequestId is null ? "" : $" {Printable.Line(open.RequestId)}";
            yield return open.State == StepState.Intent
                ? $"{RunWords.Step(open.Model)}: sent, no answer on record yet; the next run looks it up before it sends anything"
                : $"{RunWords.Step(open.Model)}{id}: {StepTransitions.Word(open.State)}{(open.QueueStatus is null ? "" : $", last seen {Printable.Line(open.QueueStatus)}")}";
        }
    }

    private static IEnumerable<string> ByHand(StoredJob job, IReadOnlyList<StoredRequest> requests, Func<StoredJob, string?> settle)
    {
        if (job.Status is not ("succeeded" or "reused") && requests.Any(static r => r.State is StepState.Unknown or StepState.Stalled) && settle(job) is { } command)
        {
            yield return $"by hand: {Printable.Line(command)} --adopt REQUEST_ID, or --abandon";
        }
    }

    /// <summary>A line for one thing that happened.</summary>
    public static string Line(StoredMove move, bool withFlow, Ansi style)
    {
        var step = move.Transition;
        var change = step.From is null ? Printable.Line(step.To) : $"{Printable.Line(step.From)} → {Status(step.To, style).TrimEnd()}";
        var name = Printable.Line(withFlow ? $"{move.FlowName}: {move.JobId}" : move.JobId);
        return $"{Time(step.At)}  {name}  {(step.Model is null ? "job" : RunWords.Step(step.Model))}: {change}{(step.Detail is null ? "" : $" ({Printable.Line(step.Detail)})")}";
    }

    /// <summary>How many jobs there are in each state.</summary>
    public static string Summary(IReadOnlyList<StoredJob> jobs)
    {
        var counts = jobs.GroupBy(static job => job.Status).OrderByDescending(static g => g.Count()).ThenBy(static g => g.Key, StringComparer.Ordinal)
            .Select(static g => string.Create(CultureInfo.InvariantCulture, $"{g.Count()} {g.Key}"));
        return $"{Count(jobs.Count, "job")}{(jobs.Count == 0 ? "" : $": {string.Join(", ", counts)}")}";
    }

    private static string Status(string status, Ansi style) => status switch
    {
        "succeeded" or "reused" => style.Green(status.PadRight(9)),
        "failed" => style.Red(status.PadRight(9)),
        "stalled" or "unknown" => style.Yellow(status.PadRight(9)),
        _ => status.PadRight(9),
    };

    private static string Count(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
