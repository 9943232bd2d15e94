using System.Text;
using FsCheck;
using FsCheck.Fluent;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Payloads;
using GmiKlingFlow.Core.Rules;
using GmiKlingFlow.Core.Timing;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Planning.Payloads;

public sealed class SyncResolverTests
{
    private static readonly IReadOnlyList<Face> Faces = [GivenFlow.Found("3", 1000, 6960)];

    [Fact]
    public void Resolve_ExpressionOfTheFace_IsFilledIn()
    {
        var job = Plan(GivenFlow.Entry() with { SoundInsert = GivenFlow.Later("face.start_time + vars.lead") });

        Assert.Equal("face.start_time + 250", ((PayloadValue.FromFace)GivenPlan.Member(job, "sound_insert_time")).Residual.Print());
        Assert.Equal(["/session_id", "/face_choose/0/face_id", "/face_choose/0/sound_file", "/face_choose/0/sound_insert_time"], job.Steps[1].Unknown);
        Assert.Equal(
            """{"session_id":null,"face_choose":[{"face_id":"3","sound_file":null,"sound_start_time":0,"sound_end_time":2950,"sound_insert_time":1250}]}""",
            GivenPlan.Json(Resolved(job).Payload));
    }

    [Fact]
    public void Resolve_Payload_IsThePlansWithTheUnknownsFilledIn()
    {
        var job = Plan(GivenFlow.Entry(volume: 0.5) with { SoundInsert = GivenFlow.Later("face.start_time") });
        var body = PayloadWriter.RequestBody(ModelNames.LipSync, Resolved(job).Payload, new PayloadFill("s-1", _ => "https://up.example/a.wav"));

        Assert.Equal(
            """{"model":"kling-lip-sync","payload":{"session_id":"s-1","face_choose":[{"face_id":"3","sound_file":"https://up.example/a.wav","sound_start_time":0,"sound_end_time":2950,"sound_insert_time":1000,"sound_volume":0.5}]}}""",
            Encoding.UTF8.GetString(body.Span));
    }

    [Fact]
    public void Resolve_VolumeFromTheFace_IsAPlainNumber()
    {
        var volume = new Setting<double>.Deferred(GivenFlow.Residual("face.start_time / 4000.0"), GivenFlow.At("jobs[0].faces[0].sound_volume"));
        var resolved = Resolved(Plan(GivenFlow.Entry(insert: 1000) with { SoundVolume = volume }));

        Assert.Contains("\"sound_volume\":0.25", GivenPlan.Json(resolved.Payload), StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_StartFromTheFaceAndEndLeftOut_KeepsTheMargin()
    {
        var job = Plan(GivenFlow.Entry(insert: 1000) with { SoundStart = GivenFlow.Later("face.start_time - 500") });

        Assert.Contains("\"sound_start_time\":500,\"sound_end_time\":2950", GivenPlan.Json(Resolved(job).Payload), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("face.start_time + 3500", "GKF4128")]
    [InlineData("face.start_time - 3000", "GKF4127")]
    [InlineData("'at ' + face.start_time", "GKF4209")]
    [InlineData("face.start_time / 0", "GKF3")]
    [InlineData("face.start_time * 1000000000000", "GKF4209")]
    public void Resolve_ResultThatCanNotBeSent_IsRefused(string expression, string code)
    {
        var job = Plan(GivenFlow.Entry() with { SoundInsert = GivenFlow.Later(expression) });
        var refused = Assert.IsType<SyncResolution.Refused>(SyncResolver.Resolve(job, Faces, KlingLimits.Current));

        Assert.StartsWith(code, Assert.Single(refused.Problems, problem => problem.Severity == Severity.Error).Code, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_TooLittleOverlapWithTheFace_IsRefused()
    {
        var refused = Assert.IsType<SyncResolution.Refused>(SyncResolver.Resolve(Plan(GivenFlow.Entry()), [GivenFlow.Found("0", 2000, 6960)], KlingLimits.Current));

        Assert.Equal("GKF4130", Assert.Single(refused.Problems).Code);
    }

    [Fact]
    public void Resolve_SelectorsThatFail_AreAllTold()
    {
        var job = Plan(GivenFlow.Entry(GivenFlow.Face("anna", new FaceSelector.ById("7"))), GivenFlow.Entry(GivenFlow.Face("ben", new FaceSelector.ByIndex(4)), insert: 3500, index: 1));
        var refused = Assert.IsType<SyncResolution.Refused>(SyncResolver.Resolve(job, Faces, KlingLimits.Current));

        Assert.Equal(["GKF6002", "GKF6004"], refused.Problems.Select(problem => problem.Code));
    }

    [Fact]
    public void Resolve_SeveralEntries_EachGetTheirFace()
    {
        var entries = new[] { GivenFlow.Entry(GivenFlow.Face("ben", new FaceSelector.ByIndex(1)), insert: 3500), GivenFlow.Entry(GivenFlow.Face("anna", new FaceSelector.ByIndex(0)), index: 1) };
        var resolved = Assert.IsType<SyncResolution.Resolved>(
            SyncResolver.Resolve(Plan(entries), [GivenFlow.Found("a", 0, 3000), GivenFlow.Found("b", 3000, 6900)], KlingLimits.Current));

        Assert.Equal(["b", "a"], resolved.Faces.Select(face => face.Id));
        Assert.Contains("\"face_id\":\"b\"", GivenPlan.Json(resolved.Payload), StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_VerbatimEntry_IsSentAsWritten()
    {
        var verbatim = new PayloadValue.Object(
        [
            new("sound_volume", new PayloadValue.Number(2)),
            new("face_id", new PayloadValue.Text("3")),
            new("sound_file", new PayloadValue.Text("audio/hello.en.wav")),
            new("sound_insert_time", new PayloadValue.FromFace(GivenFlow.Residual("face.start_time"), 0, AsMilliseconds: true)),
            new("sound_start_time", new PayloadValue.Integer(0)),
            new("sound_end_time", new PayloadValue.Integer(2500)),
            new("extra", new PayloadValue.Array([new PayloadValue.Null(), new PayloadValue.Bool(true)])),
        ]);
        var entry = GivenFlow.Entry(GivenFlow.Face(new FaceSelector.ById("3")), end: 2500) with { Verbatim = verbatim, SoundInsert = GivenFlow.Later("face.start_time") };
        var body = PayloadWriter.RequestBody(ModelNames.LipSync, Resolved(Plan(entry)).Payload, new PayloadFill("s", _ => "https://up.example/a.wav"));

        Assert.EndsWith(
            """[{"sound_volume":2,"face_id":"3","sound_file":"https://up.example/a.wav","sound_insert_time":1000,"sound_start_time":0,"sound_end_time":2500,"extra":[null,true]}]}}""",
            Encoding.UTF8.GetString(body.Span),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_VerbatimWithoutARequiredMember_IsBlocked()
    {
        var verbatim = new PayloadValue.Object([new("face_id", new PayloadValue.Text("3")), new("sound_start_time", new PayloadValue.Integer(0)), new("sound_insert_time", new PayloadValue.Integer(0))]);
        var job = Plan(GivenFlow.Entry() with { Verbatim = verbatim });

        Assert.Equal((JobAction.Blocked, "GKF4205"), (job.Action, Assert.Single(job.Problems).Code));
    }

    [Fact]
    public void Plan_SeveralSelectorsAndATimeFromTheFace_IsBlockedBeforeIdentifyIsPaid()
    {
        var entry = GivenFlow.Entry(GivenFlow.Face(new FaceSelector.ById("0"), new FaceSelector.ById("1"))) with { SoundInsert = GivenFlow.Later("face.start_time") };

        Assert.Equal("GKF4204", Assert.Single(Plan(entry).Problems).Code);
    }

    [Fact]
    public void Resolve_AnyFaceAndLead_SendsWhatTheRulesAllowOrNothing() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<(NonNegativeInt Start, NonNegativeInt Length, int Lead)>(),
            n =>
            {
                var face = GivenFlow.Found("0", n.Start.Get * 50, (n.Start.Get + n.Length.Get) * 50);
                var job = Plan(GivenFlow.Entry() with { SoundInsert = GivenFlow.Later($"face.start_time + {n.Lead * 10}") });
                var insert = face.Visible.Start + TimeSpan.FromMilliseconds(n.Lead * 10);
                var clip = new TimeRange(insert, insert + TimeSpan.FromMilliseconds(2950));
                var isAllowed = insert >= TimeSpan.Zero && clip.End <= TimeSpan.FromSeconds(7) && clip.Overlap(face.Visible) >= TimeSpan.FromSeconds(2);
                return SyncResolver.Resolve(job, [face], KlingLimits.Current) switch
                {
                    SyncResolution.Resolved resolved => isAllowed && GivenPlan.Json(resolved.Payload).Contains($"\"sound_insert_time\":{(long)insert.TotalMilliseconds}}}", StringComparison.Ordinal),
                    _ => !isAllowed,
                };
            }).Check(PropertyRun.Config.WithMaxTest(1000));

    private static SyncResolution.Resolved Resolved(PlannedJob job) =>
        Assert.IsType<SyncResolution.Resolved>(SyncResolver.Resolve(job, Faces, KlingLimits.Current));

    private static PlannedJob Plan(params FaceEntry[] entries) =>
        Planner.Plan(GivenFlow.Of(GivenFlow.Job("a", null, entries)), new PlanInputs(), new DiagnosticBag()).Jobs[0];
}
