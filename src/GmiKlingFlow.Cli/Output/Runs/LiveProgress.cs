using System.Globalization;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.Results;

namespace GmiKlingFlow.Cli.Output.Runs;

/// <summary>The display of a terminal: one line per active job and one for the run, redrawn in place; what is finished scrolls away above.</summary>
internal sealed class LiveProgress : IRunEvents, IAsyncDisposable
{
    private const int MostLines = 12;
    private const int WidestId = 32;
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200);

    private readonly Terminal terminal;
    private readonly TimeProvider time;
    private readonly LiveScreen screen;
    private readonly Ansi style;
    private readonly Lock gate = new();
    private readonly Dictionary<string, ActiveJob> active = new(StringComparer.Ordinal);
    private readonly List<string> finished = [];
    private readonly CancellationTokenSource ended = new();
    private readonly long started;
    private readonly Task drawing;
    private int total;
    private int done;
    private decimal cost;
    private string? headline;

    public LiveProgress(Terminal terminal, TimeProvider time)
    {
        (this.terminal, this.time) = (terminal, time);
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
        if (RunWords.Of(runEvent) is var (job, happened))
        {
            var since = active.TryGetValue(job, out var known) ? known.Since : time.GetTimestamp();
            active[job] = new ActiveJob(job, Printable.Line(happened), since);
        }
    }

    private void Finish(JobResult result)
    {
        active.Remove(result.Id);
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
        var shown = active.Values.OrderBy(static job => job.Since).Take(MostLines).ToList();
        var widest = shown.Select(static job => Printable.Width(Printable.Line(job.Id))).DefaultIfEmpty(0).Max();
        var frame = shown.ConvertAll(job => $"{Padded(job.Id, Math.Min(widest, WidestId))}  {Elapsed(job.Since),8}  {job.State}");
        var more = active.Count > shown.Count ? string.Create(CultureInfo.InvariantCulture, $" ({active.Count - shown.Count} not shown)") : "";
        var totals = string.Create(CultureInfo.InvariantCulture, $"{done}/{total} jobs · {active.Count} active{more} · {Money.Text(cost)} · {Elapsed(started)}");
        return headline is null ? [.. frame, totals] : [.. frame, headline, totals];
    }

    private string Elapsed(long since) => RunWords.Duration(TimeSpan.FromSeconds((int)time.GetElapsedTime(since).TotalSeconds));

    private static string Padded(string id, int columns)
    {
        var cut = Printable.Cut(Printable.Line(id), columns);
        return cut + new string(' ', Math.Max(0, columns - Printable.Width(cut)));
    }

    private sealed record ActiveJob(string Id, string State, long Since);
}
