using FsCheck;
using FsCheck.Fluent;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Checking;
using GmiKlingFlow.Core.Planning.Choosing;
using GmiKlingFlow.Core.Planning.Payloads;
using GmiKlingFlow.Core.Planning.Saving;
using GmiKlingFlow.Core.Rules;
using GmiKlingFlow.Core.Timing;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Planning;

public sealed class LockedPlanTests
{
    private static readonly Face[] Faces = [GivenFlow.Found("0", 0, 3400), GivenFlow.Found("1", 3500, 6960)];

    public static TheoryData<string, FaceSelector, string> Selectors => new()
    {
        { "id", new FaceSelector.ById("1"), "1" },
        { "at", new FaceSelector.At(TimeSpan.FromSeconds(4.2)), "1" },
        { "longest", new FaceSelector.Longest(), "1" },
        { "index", new FaceSelector.ByIndex(1), "1" },
        { "overlaps", new FaceSelector.Overlaps(GivenFlow.Range(3000, 6000)), "1" },
    };

    [Theory]
    [MemberData(nameof(Selectors))]
    public void Plan_Selector_IsResolvedWithoutIdentify(string name, FaceSelector selector, string id)
    {
        var job = Planned(Locked(Faces), GivenFlow.Entry(GivenFlow.Face(name, selector), insert: 3500)).Jobs[0];

        Assert.Equal((JobAction.Create, new PayloadValue.Text(id)), (job.Action, GivenPlan.Member(job, "face_id")));
        Assert.Equal(["/session_id", "/face_choose/0/sound_file"], job.Steps[1].Unknown);
        Assert.Equal(id, Assert.Single(job.Faces ?? []).Id);
        Assert.Null(job.Session);
    }

    [Fact]
    public void Plan_Only_IsTheOneLockedFace()
    {
        var job = Planned(Locked(Faces[0]), GivenFlow.Entry(GivenFlow.Face(new FaceSelector.Only()))).Jobs[0];

        Assert.Equal(new PayloadValue.Text("0"), GivenPlan.Member(job, "face_id"));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(3600, "1")]
    public void Plan_PersonWhoLeavesAndComesBack_IsTheFaceSeenDuringTheClip(int insert, string id)
    {
        var anna = GivenFlow.Face("anna", new FaceSelector.ById("0"), new FaceSelector.At(TimeSpan.FromSeconds(5)));
        var job = Planned(Locked(Faces), GivenFlow.Entry(anna, insert: insert)).Jobs[0];

        Assert.Equal(new PayloadValue.Text(id), GivenPlan.Member(job, "face_id"));
    }

    [Fact]
    public void Plan_TimeFromTheFace_IsWorkedOut()
    {
        var entry = GivenFlow.Entry(GivenFlow.Face(new FaceSelector.ById("1"))) with { SoundInsert = GivenFlow.Later("face.start_time + vars.lead") };
        var job = Planned(Locked(Faces), entry).Jobs[0];

        Assert.Equal(new PayloadValue.Integer(3750), GivenPlan.Member(job, "sound_insert_time"));
    }

    public static TheoryData<FaceSelector[], string> Failing => new()
    {
        { [new FaceSelector.Only()], "GKF6003" },
        { [new FaceSelector.ById("7")], "GKF6002" },
        { [new FaceSelector.ByIndex(2)], "GKF6004" },
        { [new FaceSelector.At(TimeSpan.FromMilliseconds(3450))], "GKF6005" },
        { [new FaceSelector.Overlaps(GivenFlow.Range(3410, 3490))], "GKF6005" },
    };

    [Theory]
    [MemberData(nameof(Failing))]
    public void Plan_SelectorThatIsNotClear_IsBlockedWithTheTable(FaceSelector[] selectors, string code)
    {
        var job = Planned(Locked(Faces), GivenFlow.Entry(GivenFlow.Face(selectors))).Jobs[0];

        var problem = Assert.Single(job.Problems);
        Assert.Equal((JobAction.Blocked, code), (job.Action, problem.Code));
        Assert.Contains("\n      1  \"1\"     3500 ms   6960 ms  3460 ms", problem.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_TooLittleOverlapWithTheLockedFace_IsBlockedBeforeAnythingIsPaid()
    {
        var job = Planned(Locked(Faces), GivenFlow.Entry(GivenFlow.Face(new FaceSelector.ById("1")), insert: 2000)).Jobs[0];

        Assert.Equal((JobAction.Blocked, "GKF4130"), (job.Action, Assert.Single(job.Problems).Code));
    }

    [Fact]
    public void Plan_VideoWithAnotherContent_WarnsAndCountsAsUnknown()
    {
        var plan = Planned(Locked("videos/other", Faces) with { Videos = [new("clips/host.mp4", $"sha256:{GivenFlow.Sha("old take")}", [], GivenFlow.At("videos[0]"))] }, GivenFlow.Entry());

        var warning = Assert.Single(plan.Diagnostics);
        Assert.Equal(("GKF6010", Severity.Warning, "videos.host"), (warning.Code, warning.Severity, warning.Place?.Path));
        Assert.Single(warning.Related);
        Assert.IsType<PayloadValue.FaceId>(GivenPlan.Member(plan.Jobs[0], "face_id"));
    }

    [Fact]
    public void Plan_VideoThatIsNotLocked_WarnsAndCountsAsUnknown()
    {
        var plan = Planned(new FacesLock("flow.faces.lock.yaml", []), GivenFlow.Entry());

        Assert.Equal("GKF6011", Assert.Single(plan.Diagnostics).Code);
        Assert.IsType<PayloadValue.FaceId>(GivenPlan.Member(plan.Jobs[0], "face_id"));
    }

    [Fact]
    public void Plan_RenamedVideo_StaysLocked()
    {
        var plan = Planned(Locked("clips/old-name.mp4", Faces), GivenFlow.Entry(GivenFlow.Face(new FaceSelector.ById("0"))));

        Assert.Empty(plan.Diagnostics);
        Assert.Equal("0", plan.Jobs[0].Faces?[0].Id);
    }

    [Fact]
    public void Plan_SignedAddress_IsLockedWithoutItsSignature()
    {
        var video = GivenFlow.RemoteVideo("https://cdn.example/host.mp4?X-Amz-Signature=one&take=2");
        var faces = new FacesLock("flow.faces.lock.yaml", [new("https://cdn.example/host.mp4?take=2", "url:https://cdn.example/host.mp4?take=2", [new(Faces[0], null)], null)]);
        var plan = Planner.Plan(GivenFlow.Of(GivenFlow.Job("a", video)), new PlanInputs { Lock = faces }, []);

        Assert.Empty(plan.Diagnostics);
        Assert.Equal("0", plan.Jobs[0].Faces?[0].Id);
        Assert.Equal("https://cdn.example/host.mp4?take=2", LockedFaces.SourceOf(video));
    }

    [Fact]
    public void Plan_SessionThatAgrees_SendsTheLockedTimesInThatSession()
    {
        var entry = GivenFlow.Entry(GivenFlow.Face(new FaceSelector.ById("1"))) with { SoundInsert = GivenFlow.Later("face.start_time") };
        var job = Planned(Locked(Faces), Session(GivenFlow.Found("0", 0, 3400), GivenFlow.Found("1", 3540, 6950)), entry).Jobs[0];

        Assert.Equal(new PayloadValue.Integer(3500), GivenPlan.Member(job, "sound_insert_time"));
        Assert.Equal("\"s-1\"", GivenPlan.Json(job.Steps[1].Payload).Split(':')[1].Split(',')[0]);
    }

    [Fact]
    public void Plan_SessionThatDiffers_IsBlockedWithBothTables()
    {
        var plan = Planned(Locked(Faces), Session(Faces[0]), GivenFlow.Entry(GivenFlow.Face(new FaceSelector.ById("0"))));

        var problem = Assert.Single(plan.Diagnostics);
        Assert.Equal((JobAction.Blocked, "GKF6012", "videos.host"), (plan.Jobs[0].Action, problem.Code, problem.Place?.Path));
        Assert.Contains("\"1\"  3500-6960 ms  -          gone", problem.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_SessionWithinToleranceButTooShortForTheRule_IsBlocked()
    {
        // 2 s of overlap by the lock, 1.95 s by what the service will check.
        var plan = Planned(Locked(GivenFlow.Found("0", 950, 6000)), Session(GivenFlow.Found("0", 1000, 6000)), GivenFlow.Entry());

        Assert.Equal("GKF4130", Assert.Single(plan.Diagnostics, problem => problem.Severity == Severity.Error).Code);
    }

    [Fact]
    public void Plan_JobThatIsDone_IsReusedWhateverTheLockSays()
    {
        var flow = GivenFlow.Of(GivenFlow.Job("a", null, GivenFlow.Entry()));
        var known = new KnownWorkInMemory();
        known.Outputs.Add((Planner.Plan(flow, new PlanInputs(), []).Jobs[0].Key.Value, "a.mp4"));
        var plan = Planner.Plan(flow, new PlanInputs { Known = known, Lock = Locked(Faces) }, []);

        Assert.Equal(JobAction.Reuse, plan.Jobs[0].Action);
        Assert.Empty(plan.Diagnostics);
    }

    [Fact]
    public void Check_ValidateWithALock_FindsWhatThePlanFinds()
    {
        var flow = GivenFlow.Of(GivenFlow.Job("a", null, GivenFlow.Entry(GivenFlow.Face(new FaceSelector.Only()))));
        var found = new DiagnosticBag();
        FlowChecks.Check(flow, KlingLimits.Current, found, Locked(Faces));

        Assert.Equal("GKF6003", Assert.Single(found).Code);
    }

    [Fact]
    public void Plan_LockAddedLater_ChangesNoKeyAndNoPayload() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<(NonNegativeInt Start, NonNegativeInt Length, byte Lead, byte Kind, byte Second)>(),
            n =>
            {
                Face[] faces = [GivenFlow.Found("0", n.Start.Get * 37, (n.Start.Get + n.Length.Get) * 37), GivenFlow.Found("1", n.Second * 10, 6000)];
                FaceSelector selector = (n.Kind % 6) switch
                {
                    0 => new FaceSelector.ById("1"),
                    1 => new FaceSelector.At(TimeSpan.FromMilliseconds(n.Lead * 20)),
                    2 => new FaceSelector.Longest(),
                    3 => new FaceSelector.ByIndex(n.Lead % 3),
                    4 => new FaceSelector.Overlaps(GivenFlow.Range(n.Lead * 10, (n.Lead * 10) + 1500)),
                    _ => new FaceSelector.Only(),
                };
                var entry = GivenFlow.Entry(GivenFlow.Face(selector)) with { SoundInsert = GivenFlow.Later($"face.start_time + {n.Lead}") };
                var flow = GivenFlow.Of(GivenFlow.Job("a", null, entry));
                var open = Planner.Plan(flow, new PlanInputs(), []).Jobs[0];
                var locked = Planner.Plan(flow, new PlanInputs { Lock = Locked(faces) }, []).Jobs[0];
                return open.Key.Value == locked.Key.Value && SyncResolver.Resolve(open, faces, KlingLimits.Current) switch
                {
                    // What is sent is the same, and what is not sent is told earlier.
                    SyncResolution.Resolved atRun => SyncResolver.Resolve(locked, faces, KlingLimits.Current) is SyncResolution.Resolved planned
                        && GivenPlan.Json(atRun.Payload) == GivenPlan.Json(planned.Payload)
                        && GivenPlan.Json(atRun.Payload) == GivenPlan.Json(locked.Steps[1].Payload)
                        && open.Steps[1].ContentKey == locked.Steps[1].ContentKey,
                    _ => locked.Action == JobAction.Blocked,
                };
            }).Check(PropertyRun.Config);

    [Fact]
    public void Differences_SavedPlanAndChangedLock_SayTheLockChanged()
    {
        var flow = GivenFlow.Of(GivenFlow.Job("a", null, GivenFlow.Entry(GivenFlow.Face(new FaceSelector.ById("0")))));
        Plan With(FacesLock? faces) => Planner.Plan(flow, new PlanInputs { Lock = faces }, []);
        var saved = Saved(With(Locked(Faces)));

        // The face that changed is not even used: what was reviewed is another thing all the same.
        Assert.Contains("the faces lock changed", saved.Differences(With(Locked(Faces[0], GivenFlow.Found("1", 3500, 6961)))));
        Assert.Equal(["the faces lock changed"], saved.FlowDifferences(With(Locked(Faces[0]))));
        Assert.Contains("the faces lock is gone", saved.Differences(With(null)));
        Assert.Contains("there is a faces lock now", Saved(With(null)).Differences(With(Locked(Faces))));
        Assert.Empty(saved.Differences(With(Locked([.. Faces.Reverse()]) with { Videos = [.. Locked([.. Faces.Reverse()]).Videos.Select(v => v with { Source = "renamed.mp4" })] })));
    }

    private static SavedPlan Saved(Plan plan)
    {
        var origin = new PlanOrigin { Service = "simulator", WorkingDirectory = "/flows" };
        return new SavedPlan("plan.json", "flow.yaml", plan.Flow.Sha256, origin, System.Text.Encoding.UTF8.GetBytes(GivenPlan.Text(plan, origin)));
    }

    private static Plan Planned(FacesLock faces, params IReadOnlyList<FaceEntry> entries) => Planned(faces, null, entries);

    private static Plan Planned(FacesLock faces, KnownSession? session, params IReadOnlyList<FaceEntry> entries)
    {
        var known = new KnownWorkInMemory();
        if (session is not null)
        {
            known.Sessions[$"sha256:{GivenFlow.Sha("host")}"] = session;
        }

        return Planner.Plan(GivenFlow.Of(GivenFlow.Job("a", null, entries)), new PlanInputs { Known = known, Lock = faces }, []);
    }

    private static KnownSession Session(params Face[] faces) => new("s-1", faces, DateTimeOffset.UnixEpoch);

    private static FacesLock Locked(params Face[] faces) => Locked("clips/host.mp4", faces);

    private static FacesLock Locked(string source, params Face[] faces) =>
        new("flow.faces.lock.yaml", [new(source, $"sha256:{GivenFlow.Sha("host")}", [.. faces.Select(face => new LockedFace(face, null))], null)]);
}
