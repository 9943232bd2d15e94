using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Tests.Planning;

namespace GmiKlingFlow.Cli.Tests.Output.Plans;

/// <summary>A plan with a job of each kind.</summary>
internal static class GivenPlans
{
    public static Plan WithEveryMark()
    {
        var guest = GivenFlow.Video("guest", "guest", seconds: 20);
        var anna = GivenFlow.Face(new FaceSelector.Only());
        var jobs = new[]
        {
            GivenFlow.Job("host-en", null, GivenFlow.Entry(anna, insert: 250, volume: 2, original: 0)) with { Labels = [new("locale", "en"), new("team", "dubbing")] },
            GivenFlow.Job("host-fr", null, GivenFlow.Entry(anna, GivenFlow.Audio("hello.fr", "bonjour", MediaContainer.M4a, 2.5), insert: 1200)),
            GivenFlow.Job("guest-en", guest, GivenFlow.Entry(GivenFlow.Face("the-lady-in-red", new FaceSelector.ById("1")), GivenFlow.RemoteAudio("https://cdn.example/hello.mp3", 9, "hello.far"), insert: 6000),
                GivenFlow.Entry(GivenFlow.Face("ben", new FaceSelector.At(TimeSpan.FromSeconds(1))), insert: 500, index: 1)),
            GivenFlow.Job("host-later", null, GivenFlow.Entry(anna) with { SoundInsert = GivenFlow.Later("face.start_time + vars.lead") }),
            GivenFlow.Job("host-es", null, GivenFlow.Entry(anna, insert: 300)),
            GivenFlow.Job("host-it", null, GivenFlow.Entry(anna, insert: 350)),
            GivenFlow.Job("host-de", null, GivenFlow.Entry(anna, insert: 400)),
            GivenFlow.Job("host-pl", null, GivenFlow.Entry(anna, end: 1000)),
            GivenFlow.Job("host-xx") with { SkippedBecause = "when: \"{{ matrix.locale != 'xx' }}\" is false" },
            GivenFlow.Job("host-again", null, GivenFlow.Entry(anna, insert: 250, volume: 2, original: 0)),
        };
        var flow = GivenFlow.Of(jobs) with { Run = new RunSettings { BudgetUsd = 5 } };
        var first = Planner.Plan(flow, new PlanInputs(), new DiagnosticBag());
        var known = new KnownWorkInMemory();
        known.Requests[first.Jobs[4].Steps[1].ContentKey] = new(KnownRequestState.Running, "5b1e0f0a-7f0e-4a53-9c55-0d7f7a0c1d22");
        known.Requests[first.Jobs[5].Steps[1].ContentKey] = new(KnownRequestState.Unknown, null);
        known.Outputs.Add((first.Jobs[6].Key.Value, "host-de.mp4"));
        var before = first.Jobs[1].Key.Parts.Select(part => part.Key switch
        {
            "faces[0].audio" => new(part.Key, "sha256:ab12cd"),
            "faces[0].sound_insert_time" => new(part.Key, "1000"),
            _ => part,
        });
        known.Jobs["launch-trailer/host-fr"] = new("other", [.. before]);
        known.Sessions[first.Jobs[2].VideoKey] = new(
            "860112233445566778",
            [GivenFlow.Found("0", 0, 5000), GivenFlow.Found("1", 4000, 19000)],
            new DateTimeOffset(2026, 1, 1, 9, 0, 0, TimeSpan.Zero));
        return Planner.Plan(flow, new PlanInputs { Known = known }, new DiagnosticBag());
    }
}
