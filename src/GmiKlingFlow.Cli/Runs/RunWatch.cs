using System.Diagnostics;
using System.Runtime.CompilerServices;
using GmiKlingFlow.Cli.Commands;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Output.Telemetry;
using GmiKlingFlow.Runtime.Execution;

namespace GmiKlingFlow.Cli.Runs;

/// <summary>Lets telemetry listen to a run where it is asked for.</summary>
internal static class RunWatch
{
    public static Task<T> WorkAsync<T>(string flowName, ProgramContext context, IRunEvents events, Func<IRunEvents, Task<T>> work) =>
        TelemetrySwitch.WantsTraces(context.Environment) || TelemetrySwitch.WantsMetrics(context.Environment)
            ? ToldAsync(flowName, context, events, work)
            : work(events);

    // A method of its own: OpenTelemetry's assemblies are loaded when it is entered, not before.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<T> ToldAsync<T>(string flowName, ProgramContext context, IRunEvents events, Func<IRunEvents, Task<T>> work)
    {
        // The trace of the pipeline that calls us, where it hands one on.
        _ = ActivityContext.TryParse(context.Environment("TRACEPARENT"), context.Environment("TRACESTATE"), isRemote: true, out var parent);
        using var export = OtlpExport.Start(context, GkflowCommand.Version);
        using var telemetry = new RunTelemetry(flowName, GkflowCommand.Version, parent, context.Time);
        return await work(new BothEvents(events, telemetry));
    }
}
