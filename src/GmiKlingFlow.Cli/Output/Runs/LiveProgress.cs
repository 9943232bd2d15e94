using System.Globalization;
using GmiKlingFlow.Cli.Output.Plans;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Prices;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.Results;

namespace GmiKlingFlow.Cli.Output.Runs;

/// <summary>The display of a terminal: one line per active job and one for the run, redrawn in place; what is finished scrolls away above.</summary>
internal sealed class LiveProgress : IRunEvents, IAsyncDisposable
{
    private const int MostLines = 12;
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200);

    private readonly Terminal terminal;
    private readonly TimeProvider time;
    private readonly LiveScreen screen;
    private readonly Ansi style;
    private readonly Lock gate = new();
    private readonly SeenDurations seen;
    private readonly LiveRun? run;
    private readonly Dictionary<(string Job, string Model), Queue<decimal>> prices = [];
    private readonly Dictionary<string, ActiveJob> active = new(StringComparer.Ordinal);
    private readonly List<string> finished = [];
    private readonly CancellationTokenSource ended = new();
    private readonly long started;
    private readonly Task drawing;
    private int total;
    private int done;
    private decimal cost;
    private string? headline;

    /// <param name="run">Null where only the events tell anything: then there is no budget and no end time.</param>
    public LiveProgress(Terminal terminal, TimeProvider time, LiveRun? run = null)
    {
        (this.terminal, this.time, this.run, seen) = (terminal, time, run, new SeenDurations(run));
        foreach (var job in run?.Plan.Jobs ?? [])
        {
            foreach (var model in job.Steps.Where(static step => step.Action == StepAction.Create).GroupBy(static step => step.Model))
            {
                prices[(job.Job.Id, model.Key)] = new Queue<decimal>(model.Select(static step => step.EstimatedUsd));
            }
        }

        started = time.GetTimestamp();
        style = new Ansi(terminal.Traits.ColourOnError);
        screen = new LiveScreen(terminal.Talk, () => terminal.Window());
        terminal.SaidElsewhere = Keep;
        drawing = DrawAsync();
    }

    public void Report(RunEvent runEvent)
    {
        lock (gate)
        {
            switch (runEvent)
            {
                case RunEvent.RunStarted e:
                    total = e.Jobs;
                    break;
                case RunEvent.JobFinished e:
                    Finish(e.Result);
                    break;
                case RunEvent.Stopping e:
                    headline = e.End == RunEnd.Interrupted ? "Stopping · Ctrl-C again ends at once · answers under way are recorded" : "Stopping · nothing new is sent";
                    break;
                case RunEvent.Warned when RunWords.Of(runEvent) is var (job, warning):
                    finished.Add($"{style.Yellow("!")} {Printable.Line(job)}  {Printable.Line(warning)}");
                    break;
                default:
                    Update(runEvent);
                    break;
            }
        }
    }

    /// <summary>Gives the terminal back at once: the process ends.</summary>
    public void Abandon()
    {
        terminal.SaidElsewhere = null;
        screen.Close();
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await drawing;
        Draw();
        Abandon();
        ended.Dispose();
    }

    private void Update(RunEvent runEvent)
    {
        if (RunWords.Of(runEvent) is not var (job, happened))
        {
            return;
        }

        var now = time.GetTimestamp();
        var known = active.GetValueOrDefault(job) ?? new ActiveJob(job, "", now);
        active[job] = runEvent switch
        {
            RunEvent.Submitted e => Sent(known with { Model = e.Model, Since = now, IsTimed = true }),
            RunEvent.Resumed e => known with { Model = e.Model, Since = now, IsTimed = false },
            RunEvent.Adopted e => Sent(known with { Model = e.Model, Since = now, IsTimed = false }),
            RunEvent.AttemptStarted or RunEvent.Downloading => Answered(known, now) with { Since = now },
            RunEvent.Unclear => known with { Model = null },
            _ => known,
        } with
        { State = Printable.Line(happened) };
    }

    /// <summary>What a request costs counts from its submission on, as the budget counts it.</summary>
    private ActiveJob Sent(ActiveJob job) => job with { Spent = job.Spent + (prices.TryGetValue((job.Id, job.Model ?? ""), out var left) && left.TryDequeue(out var usd) ? usd : 0) };

    private ActiveJob Answered(ActiveJob job, long now)
    {
        if (job is { Model: { } model, IsTimed: true })
        {
            seen.Took(model, time.GetElapsedTime(job.Since, now));
        }

        return job with { Model = null, IsTimed = false };
    }

    private void Finish(JobResult result)
    {
        if (active.Remove(result.Id, out var job) && result.Status == JobStatus.Succeeded)
        {
            Answered(job, time.GetTimestamp());
        }

        if (result.Status is JobStatus.Skipped or JobStatus.Reused)
        {
            // Nothing is done for it: counted, it would look like progress.
            total--;
            return;
        }

        done++;
        cost += result.Steps.Sum(static step => step.Cost.Usd);
        var id = Printable.Line(result.Id);
        var why = result.Error is { } e ? $"  {Printable.Line($"{e.Code}: {e.Message}")}" : "";
        switch (result.Status)
        {
            case JobStatus.Succeeded:
                finished.Add($"{style.Green("✓")} {id}");
                break;
            case JobStatus.Failed:
                finished.Add($"{style.Red("✗")} {id}{why}");
                break;
            case JobStatus.Stalled or JobStatus.Unknown:
                finished.Add($"{style.Yellow("?")} {id}  {RunWords.Status(result.Status)}");
                break;
        }
    }

    private void Keep(string line)
    {
        lock (gate)
        {
            finished.Add(line);
        }
    }

    private async Task DrawAsync()
    {
        await Task.Yield();
        while (!ended.IsCancellationRequested)
        {
            Draw();
            await Task.Delay(Redraw, time, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Draw()
    {
        string[] above;
        List<string> frame;
        lock (gate)
        {
            above = [.. finished];
            finished.Clear();
            frame = Frame();
        }

        screen.Draw(above, frame, style.Bold);
    }

    private List<string> Frame()
    {
        var columns = terminal.Window().Columns - 1;
        var shown = active.Values.OrderBy(static job => job.Model is null).ThenBy(static job => job.Since).Take(MostLines).ToList();
        var frame = LiveRows.Of(shown.ConvertAll(job => (job.Id, Times(job), job.State)), columns).ToList();
        if (active.Count > shown.Count)
        {
            frame.Add(string.Create(CultureInfo.InvariantCulture, $"and {active.Count - shown.Count} more at work"));
        }

        if (headline is not null)
        {
            frame.Add(headline);
        }

        return [.. frame, .. TextColumns.Flow(Totals(), columns)];
    }

    /// <summary>How long a job's request has been under way, and how long such a request usually takes, as in <c>1:05/~3:10</c>.</summary>
    private string Times(ActiveJob job)
    {
        var elapsed = RunWords.Clock(time.GetElapsedTime(job.Since));
        return job.Model is { } model && seen.Of(model) is { } usual ? $"{elapsed}/~{RunWords.Clock(usual)}" : elapsed;
    }

    private IEnumerable<string> Totals()
    {
        var inFlight = active.Values.Count(static job => job.Model is not null);
        yield return string.Create(CultureInfo.InvariantCulture, $"{done}/{total} jobs");
        yield return string.Create(CultureInfo.InvariantCulture, $"{inFlight} in flight");
        if (total - done - inFlight is > 0 and var waiting)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{waiting} waiting");
        }

        var spent = cost + active.Values.Sum(static job => job.Spent);
        yield return run?.Plan.Flow.Run.BudgetUsd is { } budget ? $"{Money.Text(spent)} of {Money.Text(budget)}" : Money.Text(spent);
        yield return RunWords.Clock(time.GetElapsedTime(started));
        if (headline is null && seen.Left(Unsent(), LongestLeft()) is { } left)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"ends about {time.GetLocalNow() + left:HH:mm}");
        }
    }

    // Every job sends one lip-sync at least: those that have nothing in flight still will.
    private int Unsent() => Math.Max(0, total - done - active.Values.Count(static job => job.Model == ModelNames.LipSync));

    private TimeSpan LongestLeft()
    {
        var left = active.Values.Where(static job => job.Model is not null)
            .Select(job => (seen.Of(job.Model ?? "") ?? (job.Model == ModelNames.LipSync ? Estimates.TypicalSync : Estimates.TypicalIdentify)) - time.GetElapsedTime(job.Since))
            .DefaultIfEmpty(TimeSpan.Zero).Max();
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <param name="Since">When its request was taken, or when it began to do what it does.</param>
    private sealed record ActiveJob(string Id, string State, long Since)
    {
        /// <summary>The model of its request in flight; null while it has none.</summary>
        public string? Model { get; init; }

        /// <summary>Whether its request was sent by this run: then it tells how long one takes.</summary>
        public bool IsTimed { get; init; }

        /// <summary>Of what was sent for it since the run began, as estimated.</summary>
        public decimal Spent { get; init; }
    }
}
