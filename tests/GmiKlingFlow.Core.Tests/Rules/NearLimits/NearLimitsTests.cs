using System.Globalization;
using System.Text.Json;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Checking;
using GmiKlingFlow.Core.Planning.Payloads;
using GmiKlingFlow.Core.Rules;
using GmiKlingFlow.Core.Timing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Rules.NearLimits;

/// <summary>
/// The rules against <see cref="PlainRules"/>, over flows drawn near the limits. GKFLOW_NEAR_LIMITS sets how many,
/// GKFLOW_NEAR_LIMITS_SEED draws others.
/// </summary>
public sealed class NearLimitsTests(ITestOutputHelper output)
{
    private const int Usual = 6000;

    [Fact]
    public void Validate_FlowsNearTheLimits_AgreesWithThePlainRules()
    {
        var (seed, count) = (Given("GKFLOW_NEAR_LIMITS_SEED", 4), Given("GKFLOW_NEAR_LIMITS", Usual));
        var lottery = new FlowLottery(seed);
        var (accepted, refused, sent, told) = (0, 0, 0, new HashSet<string>());
        for (var i = 0; i < count; i++)
        {
            var drawn = lottery.Next();
            var problems = new DiagnosticBag();
            var flow = Assert.Single(new FlowLoader(new DrawnFiles(drawn)).Load("flow.yaml", new FlowInputs("/flows", [], [], [], static _ => null), problems));
            FlowChecks.Check(flow, KlingLimits.Current, problems);
            var broken = BrokenNow(drawn);
            Agrees(problems, broken, drawn, $"flow {i} of seed {seed}");
            told.UnionWith(problems.Select(p => p.Code));
            if (problems.HasErrors)
            {
                refused++;
                continue;
            }

            accepted++;
            sent += AfterIdentify(flow, drawn, told, $"flow {i} of seed {seed}") ? 1 : 0;
        }

        output.WriteLine($"seed {seed}: {accepted} accepted ({sent} of them sent after identify), {refused} refused; codes {string.Join(' ', told.Order(StringComparer.Ordinal))}");

        // Near the limits means on both sides of them, and of all of them.
        Assert.InRange(accepted, count / 10, count);
        Assert.InRange(sent, count / 50, count);
        Assert.Empty(PlainRules.Named.Values.Except(told.Select(code => PlainRules.Named.GetValueOrDefault(code, ""))));
    }

    /// <returns>True when the request would be sent.</returns>
    private static bool AfterIdentify(Flow flow, DrawnFlow drawn, HashSet<string> told, string name)
    {
        var plan = Planner.Plan(flow, new PlanInputs(), new DiagnosticBag());
        var job = Assert.Single(plan.Jobs);
        Assert.True(job.Action == JobAction.Create, $"{name}: validate accepts it, plan does not: {job.Reason}\n{drawn.Yaml()}");
        var faces = drawn.Faces.Select(f => new Face(f.Id, new TimeRange(Time(f.Start), Time(f.End)), null)).ToList();
        var resolution = SyncResolver.Resolve(job, faces, KlingLimits.Current);
        var problems = new DiagnosticBag();
        problems.AddRange(resolution is SyncResolution.Refused refused ? refused.Problems : ((SyncResolution.Resolved)resolution).Warnings);
        told.UnionWith(problems.Select(p => p.Code));

        // Without a face nothing that counts from it can be known.
        var entries = drawn.Entries.Where(entry => !entry.InsertAfterFace || drawn.Faces.Any(f => f.Id == entry.FaceId)).Select(entry => Sent(drawn, entry, afterIdentify: true));
        var broken = entries.SelectMany(entry => PlainRules.BrokenByEntry(drawn.Video, entry, drawn.Faces))
            .Concat(drawn.Entries.Any(entry => drawn.Faces.All(f => f.Id != entry.FaceId)) ? ["face_id as returned"] : [])
            .ToHashSet();
        Agrees(problems, broken, drawn, $"{name}, after identify");
        if (resolution is not SyncResolution.Resolved resolved)
        {
            return false;
        }

        // These would go inside the request, and there is no file to read.
        if (drawn.Entries.Any(entry => drawn.Audio[entry.Audio] is { IsUrl: false, Format: "m4a" or "aac" }))
        {
            return true;
        }

        var body = PayloadWriter.RequestBody(ModelNames.LipSync, resolved.Payload, new PayloadFill("8", static _ => "https://up.example/a"));
        Assert.Empty(new RequestCheck(job.Job.Video, job.Job.Entries, job.Job.Place, KlingLimits.Current, DateTimeOffset.UnixEpoch).Sync(body, faces, TimeSpan.Zero));
        AreTheNumbersSent(body, drawn, name);
        return true;
    }

    private static void AreTheNumbersSent(ReadOnlyMemory<byte> body, DrawnFlow drawn, string name)
    {
        using var json = JsonDocument.Parse(body);
        var entries = json.RootElement.GetProperty("payload").GetProperty("face_choose").EnumerateArray().ToList();
        Assert.Equal(drawn.Entries.Count, entries.Count);
        foreach (var (entry, element) in drawn.Entries.Zip(entries))
        {
            var expected = Sent(drawn, entry, afterIdentify: true);
            var numbers = (element.GetProperty("sound_start_time").GetDecimal(), element.GetProperty("sound_end_time").GetDecimal(), element.GetProperty("sound_insert_time").GetDecimal());
            Assert.True(numbers == (expected.Start, expected.End, expected.Insert), $"{name} sends {numbers}, not {expected}\n{drawn.Yaml()}");
        }
    }

    private static HashSet<string> BrokenNow(DrawnFlow drawn) =>
    [
        .. PlainRules.BrokenByVideo(drawn.Video),
        .. drawn.Audio.SelectMany(PlainRules.BrokenByAudio),
        .. drawn.Entries.SelectMany(entry => PlainRules.BrokenByEntry(drawn.Video, Sent(drawn, entry, afterIdentify: false), null)),
    ];

    // Whole milliseconds, rounded down. An end that is left out keeps 50 ms free if more than 2050 would remain (api-contract 8, trap 1).
    private static PlainRules.Sent Sent(DrawnFlow drawn, DrawnEntry entry, bool afterIdentify)
    {
        var audio = drawn.Audio[entry.Audio];
        var start = decimal.Floor(entry.Start);
        var length = (audio.HasTrack ? audio.Track : null) ?? audio.Whole;
        var end = entry.End is { } given ? decimal.Floor(given)
            : length is { } measured ? decimal.Floor(measured) - (measured - start > 2050 ? 50 : 0)
            : (decimal?)null;
        decimal? insert = !entry.InsertAfterFace ? decimal.Floor(entry.Insert)
            : afterIdentify ? decimal.Floor(drawn.Faces.First(f => f.Id == entry.FaceId).Start + entry.Insert)
            : null;
        return new PlainRules.Sent(entry.FaceId, audio, start, end, insert, entry.Volume, entry.Original);
    }

    private static void Agrees(DiagnosticBag problems, HashSet<string> broken, DrawnFlow drawn, string name)
    {
        var errors = problems.Where(p => p.Severity == Severity.Error).ToList();
        string Story() => $"{name}:\n{drawn.Yaml()}\n{drawn}\nvideo {drawn.Video}\naudio {string.Join(", ", drawn.Audio)}\nfaces {string.Join(", ", drawn.Faces)}\n"
            + $"told: {string.Join("\n      ", errors.Select(e => $"{e.Code} {e.Message}"))}\nbroken: {string.Join("; ", broken)}";
        Assert.True(errors.Count > 0 || broken.Count == 0, $"Accepted, but breaks the plain rules. {Story()}");
        Assert.All(errors, error => Assert.True(
            PlainRules.Named.TryGetValue(error.Code, out var rule) && broken.Contains(rule),
            $"{error.Code} names a rule that is not broken. {Story()}"));
    }

    private static TimeSpan Time(decimal milliseconds) => new((long)(milliseconds * TimeSpan.TicksPerMillisecond));

    private static int Given(string variable, int usual) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
}
