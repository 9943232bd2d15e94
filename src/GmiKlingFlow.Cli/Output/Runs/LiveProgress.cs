using System.Globalization;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.Results;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace GmiKlingFlow.Cli.Output.Runs;

/// <summary>The display of a terminal: one line per active job, redrawn in place; what is finished scrolls away above it.</summary>
internal sealed class LiveProgress : IRunEvents, IAsyncDisposable
{
    private const int MostLines = 12;
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200);

    private readonly IAnsiConsole console;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly Dictionary<string, ActiveJob> active = new(StringComparer.Ordinal);
    private readonly Queue<string> finished = new();
    private readonly CancellationTokenSource ended = new();
    private readonly long started;
    private readonly Task drawing;
    private int total;
    private int done;
    private decimal cost;
    private string? headline;

    public LiveProgress(Terminal terminal, TimeProvider time)
    {
        this.time = time;
        started = time.GetTimestamp();
        console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = terminal.Traits.Plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Standard,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(terminal.Talk),
        });
        console.Profile.Width = terminal.Traits.Width;
        console.Profile.Capabilities.Unicode = true;
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
                    headline = e.End == RunEnd.Interrupted ? "stopping: answers under way are recorded" : "stopping: nothing new is sent";
                    break;
                case RunEvent.Warned when RunWords.Of(runEvent) is var (job, warning):
                    finished.Enqueue($"[yellow]![/] {Markup.Escape(Printable.Line(job))}  {Markup.Escape(Printable.Line(warning))}");
                    break;
                default:
                    Update(runEvent);
                    break;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await drawing;
        ended.Dispose();
    }

    private void Update(RunEvent runEvent)
    {
        if (RunWords.Of(runEvent) is var (job, happened))
        {
            var since = active.TryGetValue(job, out var known) ? known.Since : time.GetTimestamp();
            active[job] = new ActiveJob(Printable.Line(happened), since);
        }
    }

    private void Finish(JobResult result)
    {
        active.Remove(result.Id);
        done++;
        cost += result.Steps.Sum(static step => step.Cost.Usd);
        var id = Markup.Escape(Printable.Line(result.Id));
        var line = result.Status switch
        {
            JobStatus.Succeeded => $"[green]✓[/] {id}",
            JobStatus.Failed => $"[red]✗[/] {id}  {Markup.Escape(Printable.Line(result.Error is { } e ? $"{e.Code}: {e.Message}" : "failed"))}",
            JobStatus.Stalled or JobStatus.Unknown => $"[yellow]?[/] {id}  {RunWords.Status(result.Status)}",
            _ => null,
        };
        if (line is not null)
        {
            finished.Enqueue(line);
        }
    }

    private async Task DrawAsync()
    {
        await Task.Yield();
        await console.Live(Frame()).AutoClear(true).StartAsync(async display =>
        {
            while (!ended.IsCancellationRequested)
            {
                WriteFinished();
                display.UpdateTarget(Frame());
                await Task.Delay(Redraw, time, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        });
        WriteFinished();
    }

    private void WriteFinished()
    {
        while (NextFinished() is { } line)
        {
            console.MarkupLine(line);
        }
    }

    private string? NextFinished()
    {
        lock (gate)
        {
            return finished.TryDequeue(out var line) ? line : null;
        }
    }

    private IRenderable Frame()
    {
        lock (gate)
        {
            var jobs = new Table().NoBorder().HideHeaders();
            jobs.AddColumn(new TableColumn("").NoWrap().PadLeft(0));
            jobs.AddColumn(new TableColumn("").NoWrap().RightAligned());
            jobs.AddColumn(new TableColumn("").NoWrap());
            foreach (var (id, job) in active.Take(MostLines))
            {
                jobs.AddRow(
                    new Text(Printable.Line(id)).Ellipsis(),
                    new Text(RunWords.Duration(TimeSpan.FromSeconds((int)time.GetElapsedTime(job.Since).TotalSeconds)), new Style(decoration: Decoration.Dim)),
                    new Text(job.State).Ellipsis());
            }

            var more = active.Count > MostLines ? string.Create(CultureInfo.InvariantCulture, $" · {active.Count - MostLines} more active") : "";
            var elapsed = RunWords.Duration(TimeSpan.FromSeconds((int)time.GetElapsedTime(started).TotalSeconds));
            var totals = string.Create(CultureInfo.InvariantCulture, $"{done}/{total} jobs · {active.Count} active{more} · {Money.Text(cost)} · {elapsed}");
            return new Rows(jobs, new Text(headline is null ? totals : $"{totals} · {headline}", new Style(decoration: Decoration.Bold)).Ellipsis());
        }
    }

    private sealed record ActiveJob(string State, long Since);
}
