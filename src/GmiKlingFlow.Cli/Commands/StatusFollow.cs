using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Flows;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Cli.Output.States;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Cli.Commands;

/// <summary>Tells what happens to the jobs of a state while a run in another process works on it. Takes no lock and changes nothing.</summary>
/// <param name="jobId">Null for all jobs.</param>
internal sealed class StatusFollow(StateStore store, StateOfFlow place, string? jobId, Invocation invocation)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private long seen = store.LastMove();

    /// <returns>The exit code: done once no run is at work any more, interrupted before that.</returns>
    public async Task<int> RunAsync()
    {
        var (terminal, isJson) = (invocation.Terminal, invocation.Format == "json");
        try
        {
            if (isJson)
            {
                StateJson.WriteLines(terminal, Jobs());
            }

            if (StateStore.AtWork(place.Folder) is not { } run)
            {
                terminal.Say("No run is at work on this state.");
                return ExitCodes.Done;
            }

            terminal.Say($"At work: {run}. Ctrl-C ends the following, not the run.");
            if (!await ToTheEndAsync(isJson))
            {
                return ExitCodes.Interrupted;
            }

            terminal.Say(StateStore.CutOff(place.Folder) is null
                ? $"The run has ended. {StateText.Summary(Jobs())}"
                : $"The run was cut off. {StateText.Summary(Jobs())}. Run again: it continues where that stood, and nothing is paid for twice.");
            return ExitCodes.Done;
        }
        catch (StateLostException lost)
        {
            invocation.Tell(lost.Failure);
            return ExitCodes.StateUnusable;
        }
    }

    /// <returns>False when it was stopped before.</returns>
    private async Task<bool> ToTheEndAsync(bool isJson)
    {
        var time = invocation.Context.Time;
        using var watch = invocation.Context.Stop.Watch(static () => { }, static () => { });
        while (true)
        {
            // Looked at first: what a run wrote just before it ended is still read.
            var isAtWork = StateStore.AtWork(place.Folder) is not null;
            Tell(isJson);
            if (!isAtWork)
            {
                return true;
            }

            try
            {
                await Task.Delay(Pause, time, watch.Drain);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }

    private void Tell(bool isJson)
    {
        var style = new Ansi(invocation.Terminal.Traits.ColourOnOutput);
        foreach (var move in store.MovesAfter(seen, place.FlowName))
        {
            seen = Math.Max(seen, move.Number);
            if (jobId is not null && move.JobId != jobId)
            {
                continue;
            }

            if (isJson)
            {
                StateJson.WriteLine(invocation.Terminal, move);
            }
            else
            {
                invocation.Terminal.Data.WriteLine(StateText.Line(move, place.FlowName is null, style));
            }
        }

        invocation.Terminal.Data.Flush();
    }

    private IReadOnlyList<StoredJob> Jobs() => [.. store.ListJobs(place.FlowName).Where(job => jobId is null || job.JobId == jobId)];
}
