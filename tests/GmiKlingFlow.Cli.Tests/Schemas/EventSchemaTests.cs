using System.Text.Json.Nodes;
using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Cli.Output.Runs;
using GmiKlingFlow.Cli.Tests.Output;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Schemas;

/// <summary>Every line that <c>run --format json</c> can write, judged by its schema.</summary>
public sealed class EventSchemaTests
{
    private const string Schema = "events.v1.schema.json";

    private static readonly Failure Trouble = new("GKF7050", "It failed.", Retryable: true, "Try again.");

    private static readonly RunEvent[] EveryEvent =
    [
        new RunEvent.RunStarted("r", 3),
        new RunEvent.JobStarted("a", 2),
        new RunEvent.UploadStarted("a", "clips/a.mp4", 123),
        new RunEvent.UploadFinished("a", "clips/a.mp4"),
        new RunEvent.AttemptStarted("a", ModelNames.IdentifyFace, 1),
        new RunEvent.AttemptStarted("a", ModelNames.LipSync, 2) { Pass = 2 },
        new RunEvent.Submitted("a", ModelNames.LipSync, "id"),
        new RunEvent.Resumed("a", ModelNames.LipSync, "id") { Pass = 1 },
        new RunEvent.Adopted("a", ModelNames.LipSync, "id"),
        new RunEvent.StatusChanged("a", ModelNames.LipSync, "id", "processing", true),
        new RunEvent.Unclear("a", ModelNames.LipSync, Trouble),
        new RunEvent.Waiting("a", ModelNames.LipSync, TimeSpan.FromSeconds(3), "429"),
        new RunEvent.Warned("a", new Diagnostic("GKF4301", Severity.Warning, "m", new Place(new SourceSpan("flow.yaml", 1, 2, 3, 4), "jobs[0]")) { Related = [new RelatedPlace("see", new SourceSpan("b.yaml", 1, 1, 1, 1))] }),
        new RunEvent.Downloading("a", "a.mp4"),
        .. GivenRun.EveryStatus.Select(job => new RunEvent.JobFinished(job)),
        .. Enum.GetValues<RunEnd>().Select(end => new RunEvent.Stopping(end, end == RunEnd.Interrupted ? null : Trouble)),
        .. Enum.GetValues<RunEnd>().Select(end => new RunEvent.RunFinished(GivenRun.Outcome(end: end, reason: Trouble).Report ?? throw new InvalidOperationException("No report."))),
    ];

    [Fact]
    public void Report_EveryEvent_FitsTheSchema()
    {
        var lines = Lines(EveryEvent);

        Assert.Equal(EveryEvent.Length, lines.Count);
        Assert.All(SchemaJudge.Errors(Schema, [.. lines]).Index(), judged => Assert.True(judged.Item.Count == 0, $"{lines[judged.Index]?.ToJsonString()}: {string.Join("; ", judged.Item)}"));
    }

    [Fact]
    public void Report_Polled_IsLeftOut() =>
        Assert.Empty(Lines([new RunEvent.Polled("a", ModelNames.LipSync, "r-1", DateTimeOffset.UnixEpoch, TimeSpan.FromMilliseconds(20), Answered: true)]));

    [Fact]
    public void EveryEvent_HoldsEachKindThatThereIs() => Assert.Equal(
        typeof(RunEvent).GetNestedTypes().Select(type => type.Name).Where(static name => name != nameof(RunEvent.Polled)).Order(StringComparer.Ordinal),
        EveryEvent.Select(runEvent => runEvent.GetType().Name).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Schema_KnowsNoOtherEvents()
    {
        var schema = JsonNode.Parse(File.ReadAllText(RepositoryFolder.Combine("schemas", Schema)));

        Assert.Equal(
            Lines(EveryEvent).Select(line => line?["event"]?.GetValue<string>()).Distinct().Order(StringComparer.Ordinal),
            schema?["properties"]?["event"]?["enum"]?.AsArray().Select(name => name?.GetValue<string>()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Judge_EventWithAMemberLess_IsRefused()
    {
        var line = Lines([new RunEvent.Submitted("a", ModelNames.LipSync, "id")])[0] ?? throw new InvalidOperationException("No line.");
        line.AsObject().Remove("request_id");

        Assert.NotEmpty(SchemaJudge.Errors(Schema, line)[0]);
    }

    private static List<JsonNode?> Lines(RunEvent[] events)
    {
        using var output = new StringWriter();
        var json = new RunEventJson(new Terminal(TextReader.Null, output, TextWriter.Null, TerminalTraits.Redirected), "launch", new ManualTimeProvider());
        foreach (var runEvent in events)
        {
            json.Report(runEvent);
        }

        return [.. output.ToString().ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line))];
    }
}
