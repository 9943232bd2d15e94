using GmiKlingFlow.Runtime.Execution;

namespace GmiKlingFlow.Cli.Output.Telemetry;

/// <summary>Two listeners of one run.</summary>
internal sealed class BothEvents(IRunEvents first, IRunEvents second) : IRunEvents
{
    public void Report(RunEvent runEvent)
    {
        first.Report(runEvent);
        second.Report(runEvent);
    }
}
