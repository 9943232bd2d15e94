using System.Globalization;
using System.Text.Json;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Saving;
using GmiKlingFlow.Core.Planning.Shards;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Planning.Saving;

public sealed class PlanJsonTests
{
    [Fact]
    public void Write_Plan_HasTheShapeOfTheContract() => Baseline.Match(GivenPlan.Text(Plan()), "json");

    [Fact]
    public void Write_SavedPlan_KeepsItsInputs()
    {
        var origin = new PlanOrigin { Vars = ["cdn=https://x"], Select = ["host-*"], Shard = new Shard(1, 2), OnlyJobs = ["a"], MaxJobs = 3, InlineAudio = true, Out = "out" };
        using var document = JsonDocument.Parse(GivenPlan.Text(Plan(), origin));
        var read = PlanOrigin.Read(document.RootElement.GetProperty("inputs"));

        Assert.Equal(GivenPlan.Text(Plan(), origin), GivenPlan.Text(Plan(), read));
        Assert.Equal((origin.Shard, origin.MaxJobs, true, "out"), (read.Shard, read.MaxJobs, read.InlineAudio, read.Out));
    }

    [Fact]
    public void Write_OtherCulture_GivesTheSameBytes()
    {
        var expected = GivenPlan.Text(Plan());
        var before = CultureInfo.CurrentCulture;
        try
        {
            var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            odd.NumberFormat.NumberDecimalSeparator = ",";
            odd.NumberFormat.NegativeSign = "~";
            CultureInfo.CurrentCulture = odd;
            Assert.Equal(expected, GivenPlan.Text(Plan()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Write_Unknowns_AreNullAtTheirPointers()
    {
        using var document = JsonDocument.Parse(GivenPlan.Text(Plan()));
        foreach (var step in document.RootElement.GetProperty("jobs").EnumerateArray().SelectMany(job => job.GetProperty("steps").EnumerateArray()))
        {
            var nulls = new List<string>();
            Nulls(step.GetProperty("payload"), "", nulls);
            Assert.NotEmpty(nulls);
            Assert.Equal(nulls, step.GetProperty("unknown").EnumerateArray().Select(pointer => pointer.GetString() ?? ""));
        }
    }

    private static void Nulls(JsonElement element, string pointer, List<string> found)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Null:
                found.Add(pointer);
                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    Nulls(member.Value, $"{pointer}/{member.Name}", found);
                }

                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in element.EnumerateArray())
                {
                    Nulls(item, $"{pointer}/{index++}", found);
                }

                break;
        }
    }

    private static Plan Plan()
    {
        var flow = GivenFlow.Of(
            GivenFlow.Job("host-en", null, GivenFlow.Entry(insert: 250, volume: 1.5, original: 0)) with { Labels = [new("locale", "en"), new("note", "ü \"quoted\" <b>")] },
            GivenFlow.Job("host-de", null, GivenFlow.Entry(GivenFlow.Face(new FaceSelector.ById("0")), GivenFlow.RemoteAudio("https://cdn.example/hello.de.mp3?a=1&b=2")), GivenFlow.Entry(insert: 3500, index: 1)),
            GivenFlow.Job("host-pl", null, GivenFlow.Entry(end: 1000)),
            GivenFlow.Job("host-fr") with { SkippedBecause = "when is false" });
        return Planner.Plan(flow, new PlanInputs(), new DiagnosticBag());
    }
}
