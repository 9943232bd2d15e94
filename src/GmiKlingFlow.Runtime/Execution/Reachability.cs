using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>Gives the service up when no submission has been answered for long: a batch must end also when the service is down.</summary>
internal sealed class Reachability(RunScope run)
{
    private readonly Lock gate = new();
    private DateTimeOffset? silentSince;

    public void Answered()
    {
        lock (gate)
        {
            silentSince = null;
        }
    }

    public void NotAnswered(Failure failure)
    {
        lock (gate)
        {
            silentSince ??= run.Now;
            if (run.Now - silentSince < run.Options.UnreachableAfter)
            {
                return;
            }
        }

        run.Stop.ServiceRefuses(failure);
    }
}
