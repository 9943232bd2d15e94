using System.Globalization;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Runs;
using GmiKlingFlow.Core.Planning.Prices;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Cli.Checkups;

/// <summary>The state: can it be read, who works on it, what in it waits for somebody. Changes nothing.</summary>
/// <param name="folder">Absolute.</param>
/// <param name="flowName">Null: all flows of the state.</param>
/// <param name="status">The command that shows what waits.</param>
internal sealed class StateCheck(string folder, string? flowName, string status, ServiceChoice service, Invocation invocation)
{
    /// <summary>What estimates go by.</summary>
    public PriceList Prices { get; private set; } = PriceList.BuiltIn;

    public IReadOnlyList<Finding> Look()
    {
        var shown = invocation.Context.ShownPath(folder);
        switch (StateStore.OpenForReading(folder))
        {
            case StateOpening.Unusable { Failure: var failure }:
                return [Finding.Of("state", failure, ExitCodes.StateUnusable)];
            case StateOpening.Opened { Store: var store }:
                using (store)
                {
                    Prices = store.PricesOf(service.PricedAs);
                    return [.. Read(store, shown)];
                }

            default:
                return [Finding.Well("state", $"none in {shown} yet: nothing was run")];
        }
    }

    private IEnumerable<Finding> Read(StateStore store, string shown)
    {
        var jobs = store.ListJobs(flowName);
        yield return Finding.Well("state", string.Create(CultureInfo.InvariantCulture, $"{shown} can be read: {jobs.Count} job{(jobs.Count == 1 ? "" : "s")}, written as version {StateStore.Version}"));
        if (StateStore.AtWork(folder) is { } run)
        {
            yield return Finding.Well("state", $"a run is at work on it: {run}");
        }
        else if (StateStore.CutOff(folder) is { } cut)
        {
            yield return Finding.Of("state", CommandLineDiagnostics.RunCutOff(cut), ExitCodes.Done);
        }

        if (jobs.Count(static job => job.Status is "unknown" or "stalled") is > 0 and var open)
        {
            yield return Finding.Of("state", CommandLineDiagnostics.JobsNotSettled(open, status), ExitCodes.Done);
        }
    }
}
