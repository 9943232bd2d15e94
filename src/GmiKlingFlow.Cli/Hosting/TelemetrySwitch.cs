namespace GmiKlingFlow.Cli.Hosting;

/// <summary>
/// Whether traces and metrics are wanted, by OpenTelemetry's own variables: an OTLP endpoint is named, or <c>otlp</c> is asked for by name.
/// Read without loading anything of OpenTelemetry's: off must cost nothing.
/// </summary>
internal static class TelemetrySwitch
{
    public static bool WantsTraces(Func<string, string?> environment) => Wants(environment, "TRACES");

    public static bool WantsMetrics(Func<string, string?> environment) => Wants(environment, "METRICS");

    private static bool Wants(Func<string, string?> environment, string signal)
    {
        if (string.Equals(environment("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        // A list by the specification; ours is the only exporter there is.
        var exporters = environment($"OTEL_{signal}_EXPORTER")?.Split(',', StringSplitOptions.TrimEntries);
        var isNamed = environment("OTEL_EXPORTER_OTLP_ENDPOINT") is not null || environment($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT") is not null;
        return exporters is null ? isNamed : exporters.Contains("otlp", StringComparer.OrdinalIgnoreCase);
    }
}
