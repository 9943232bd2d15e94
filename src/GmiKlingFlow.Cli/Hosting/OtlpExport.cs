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
    private const int FlushMilliseconds = 5000;

    private readonly TracerProvider? traces;
    private readonly MeterProvider? metrics;
    private readonly Trouble trouble = new();
    private readonly Terminal terminal;

    public OtlpExport(ProgramContext context, string version)
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

    public void Dispose()
    {
        traces?.ForceFlush(FlushMilliseconds);
        metrics?.ForceFlush(FlushMilliseconds);
        traces?.Dispose();
        metrics?.Dispose();
        if (trouble.First is { } first)
        {
            terminal.Say($"Telemetry was not delivered: {Printable.Line(first)}");
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
                EnableEvents(eventSource, EventLevel.Error);
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
