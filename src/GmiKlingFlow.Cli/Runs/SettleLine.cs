using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Commands;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Cli.Runs;

/// <summary>The command that settles a job by hand, exactly as it works from here.</summary>
internal sealed class SettleLine(Invocation invocation)
{
    /// <param name="flow">The flow as it is named on the command line.</param>
    /// <param name="flowName">Given only where the file or the state holds several flows.</param>
    /// <returns>Without the decision, which goes at its end; null for a simulation, which is simply run again.</returns>
    public string? Of(string flow, string jobId, string service, string? flowName = null)
    {
        if (service == ServiceName.Simulator)
        {
            return null;
        }

        List<string> options = [];
        Add("--flow", flowName);
        Add("--state", invocation.StateFolder is { } state ? invocation.Context.ShownPath(state) : null);
        var usual = ServiceChoice.Of(invocation with { BaseUrl = null }, simulate: false);
        Add("--base-url", usual.Name == service ? null : service);
        return CommandText.Of(SettleCommand.CommandName, [flow, jobId], options);

        void Add(string option, string? value)
        {
            if (value is not null)
            {
                options.AddRange([option, value]);
            }
        }
    }
}
