using System.Diagnostics.Tracing;
using System.Globalization;
using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Cli.Output.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace GmiKlingFlow.Cli.Hosting;

/// <summary>Sends what <see cref="RunTelemetry"/> tells to the collector that the <c>OTEL_*</c> variables name. What can't be delivered is said once and never stops a run.</summary>
internal sealed class OtlpExport : IDisposable
{
    // For traces and metrics together: they are flushed side by side.
    private const int FlushMilliseconds = 3000;

    private readonly TracerProvider? traces;
    private readonly MeterProvider? metrics;
    private readonly Trouble trouble = new();
    private readonly Terminal terminal;

    private OtlpExport(ProgramContext context, string version)
    {
        terminal = context.Terminal;
        // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES come after, and win.
        void Resource(ResourceBuilder resource) => resource.AddService("gkflow", serviceVersion: version).AddEnvironmentVariableDetector();
        traces = TelemetrySwitch.WantsTraces(context.Environment)
            ? Sdk.CreateTracerProviderBuilder().ConfigureResource(Resource).AddSource(RunTelemetry.SourceName).AddOtlpExporter().Build()
            : null;
        metrics = TelemetrySwitch.WantsMetrics(context.Environment)
            ? Sdk.CreateMeterProviderBuilder().ConfigureResource(Resource).AddMeter(RunTelemetry.SourceName).AddOtlpExporter().Build()
            : null;
    }

    /// <returns>Null, and it is said, where the variables say something that can't be done: a run is not stopped by that.</returns>
    public static OtlpExport? Start(ProgramContext context, string version)
    {
        try
        {
            return new OtlpExport(context, version);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException or NotSupportedException or IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            context.Terminal.Say($"Telemetry is off, the OTEL_ variables can't be used: {Printable.Line(e.Message.Split('\n')[0])}");
            return null;
        }
    }

    public void Dispose()
    {
        var (traced, measured) = (true, true);
        Parallel.Invoke(
            () => traced = traces?.Shutdown(FlushMilliseconds) ?? true,
            () => measured = metrics?.Shutdown(FlushMilliseconds) ?? true);
        traces?.Dispose();
        metrics?.Dispose();
        if (trouble.First is not null || !traced || !measured)
        {
            terminal.Say($"Telemetry was not delivered: {Printable.Line(trouble.First ?? "the collector gave no answer in time")}");
        }

        trouble.Dispose();
    }

    /// <summary>Hears what the exporter keeps to itself.</summary>
    private sealed class Trouble : EventListener
    {
        public string? First { get; private set; }

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "OpenTelemetry-Exporter-OpenTelemetryProtocol")
            {
                EnableEvents(eventSource, EventLevel.Warning);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            var text = eventData.Message is { } message
                ? string.Format(CultureInfo.InvariantCulture, message, [.. eventData.Payload ?? []])
                : eventData.EventName;
            First ??= text?.Split('\n')[0].Trim();
        }
    }
}
