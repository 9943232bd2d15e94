using System.Globalization;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.Results;

namespace GmiKlingFlow.Cli.Output.Runs;

/// <summary>One line per change of state: for logs, pipelines and <c>--no-progress</c>.</summary>
internal sealed class RunLog(Terminal terminal, TimeProvider time) : IRunEvents
{
    private readonly long started = time.GetTimestamp();

    public void Report(RunEvent runEvent)
    {
        // A reused job changes nothing: the summary counts it.
        if (runEvent is RunEvent.JobFinished { Result.Status: JobStatus.Reused or JobStatus.Skipped } || RunWords.Of(runEvent) is not var (job, happened))
        {
            return;
        }

        var elapsed = time.GetElapsedTime(started);
        terminal.Say(string.Create(CultureInfo.InvariantCulture, $"[{(int)elapsed.TotalMinutes:00}:{elapsed.Seconds:00}] {Printable.Line(job)}: {Printable.Line(happened)}"));
    }
}
