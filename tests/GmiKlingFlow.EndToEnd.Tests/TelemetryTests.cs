using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.EndToEnd.Tests;

/// <summary>A run as an OpenTelemetry collector sees it.</summary>
public sealed class TelemetryTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Caller = "00f067aa0ba902b7";

    [Fact]
    public async Task Run_WithACollector_TellsRunJobStepsAttemptsAndPolls()
    {
        await using var collector = ScriptedServer.Answering(ScriptedReply.Body(200, []));
        using var folder = new ExampleFolder("telemetry");

        var run = await PublishedProgram.RunAsync(folder.Path, Variables(collector.Url, "http/protobuf"), "run", "examples/quickstart/flow.yaml", "--simulate");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.DoesNotContain("Telemetry", run.Error, StringComparison.Ordinal);
        var spans = collector.Requests.Where(static r => r.Target == "/v1/traces").SelectMany(static r => OtlpSpans.Read(r.Body)).ToList();
        var whole = Assert.Single(spans, static s => s.Name == "gkflow.run");
        var job = Assert.Single(spans, static s => s.Name == "gkflow.job");
        var identify = Assert.Single(spans, static s => s.Name == "gkflow.identify");
        var sync = Assert.Single(spans, static s => s.Name == "gkflow.lip-sync");
        Assert.Equal((Trace, Caller), (whole.Trace, whole.Parent));
        Assert.Equal((whole.Id, "host-hello", "succeeded"), (job.Parent, job.Tags["gkflow.job.id"], job.Tags["gkflow.status"]));
        Assert.Equal((job.Id, job.Id), (identify.Parent, sync.Parent));
        Assert.Equal([identify.Id, sync.Id], spans.Where(static s => s.Name == "gkflow.attempt").OrderBy(static s => s.Start).Select(static s => s.Parent));
        Assert.Contains(spans, s => s.Name == "gkflow.poll" && s.Parent == sync.Id);
        Assert.Contains(spans, s => s.Name == "gkflow.download" && s.Parent == job.Id);
        Assert.Contains(spans, s => s.Name == "gkflow.upload" && s.Parent == job.Id && s.Tags["gkflow.file"] == "clips/host.mp4");
        Assert.All(spans, s => Assert.True(s.Trace == Trace && s.Start <= s.End && s.Start >= whole.Start && s.End <= whole.End, s.ToString()));
        var metrics = collector.Requests.Where(static r => r.Target == "/v1/metrics").SelectMany(static r => OtlpSpans.Metrics(r.Body)).ToHashSet();
        Assert.Superset(new HashSet<string> { "gkflow.jobs", "gkflow.job.duration", "gkflow.step.duration", "gkflow.attempts", "gkflow.polls", "gkflow.cost" }, metrics);
    }

    [Fact]
    public async Task Run_CollectorOutOfReach_SaysSoAndSucceeds()
    {
        using var folder = new ExampleFolder("telemetry");

        var run = await PublishedProgram.RunAsync(folder.Path, Variables(ScriptedServer.Nowhere(), "http/protobuf"), "run", "examples/quickstart/flow.yaml", "--simulate");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("Telemetry was not delivered", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "novalue", "Telemetry is off")]
    [InlineData("OTEL_EXPORTER_OTLP_CERTIFICATE", "/no/such/file", "Telemetry is off")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc", "Telemetry was not delivered")]
    public async Task Run_VariablesOrCollectorAreOfNoUse_SaysSoAndSucceeds(string name, string value, string said)
    {
        using var folder = new ExampleFolder("telemetry");
        var variables = Variables(ScriptedServer.Nowhere(), "http/protobuf");
        variables[name] = value;

        var run = await PublishedProgram.RunAsync(folder.Path, variables, "run", "examples/quickstart/flow.yaml", "--simulate");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_CollectorThatNeverAnswers_IsNotWaitedForLong()
    {
        await using var collector = ScriptedServer.Answering(ScriptedReply.Hang);
        using var folder = new ExampleFolder("telemetry");
        var variables = Variables(collector.Url, "http/protobuf");
        variables["OTEL_EXPORTER_OTLP_TIMEOUT"] = "3600000";

        var run = await PublishedProgram.RunAsync(folder.Path, variables, "run", "examples/quickstart/flow.yaml", "--simulate");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("Telemetry was not delivered", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WithoutTheVariables_NeedsNothingOfOpenTelemetry()
    {
        using var folder = new ExampleFolder("telemetry");
        var program = Path.Combine(folder.Path, "program");
        Directory.CreateDirectory(program);
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(PublishedProgram.ExecutablePath) ?? "").Where(static f => !Path.GetFileName(f).StartsWith("OpenTelemetry", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(program, Path.GetFileName(file)));
        }

        // The list of what the program is made of would be held against what is there.
        File.Delete(Path.Combine(program, "gkflow.deps.json"));
        foreach (var native in Directory.EnumerateFiles(Path.GetDirectoryName(PublishedProgram.ExecutablePath) ?? "", "*e_sqlite3*", SearchOption.AllDirectories))
        {
            File.Copy(native, Path.Combine(program, Path.GetFileName(native)), overwrite: true);
        }

        var run = await PublishedProgram.RunCopyAsync(Path.Combine(program, Path.GetFileName(PublishedProgram.ExecutablePath)), folder.Path, "run", "examples/quickstart/flow.yaml", "--simulate");

        Assert.True(run.ExitCode == 0, run.Error);
    }

    private static Dictionary<string, string?> Variables(Uri collector, string protocol) => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.AbsoluteUri.TrimEnd('/'),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol,
        ["OTEL_EXPORTER_OTLP_TIMEOUT"] = "2000",
        ["TRACEPARENT"] = $"00-{Trace}-{Caller}-01",
    };
}
