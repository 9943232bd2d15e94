using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.State;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Execution;

public sealed class SubmissionTests : IDisposable
{
    private static readonly SubmitOutcome.Unclear Lost = new(ScriptedQueue.Trouble);
    private readonly RunBench bench = new();
    private readonly Flow flow = TestFlow.Of(TestFlow.Job("a"));

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Submit_WhileThePostIsUnderWay_TheIntentIsOnDisk()
    {
        var seen = new List<StepState>();
        bench.Queue.OnSubmit = (_, model, _) =>
        {
            seen.Add(bench.Request("a", model).State);
            return Task.FromResult<SubmitOutcome?>(null);
        };

        await bench.RunAsync(flow);

        Assert.Equal([StepState.Intent, StepState.Intent], seen);
    }

    [Fact]
    public async Task Submit_Accepted_IsOnDiskBeforeTheFirstPoll()
    {
        var seen = new List<(StepState State, string? Id)>();
        bench.Queue.OnGet = _ =>
        {
            var request = bench.Request("a");
            seen.Add((request.State, request.RequestId));
            return null;
        };

        await bench.RunAsync(flow);

        Assert.Equal((StepState.Submitted, "r2"), seen[0]);
    }

    [Fact]
    public async Task Submit_AnswerLostButTaken_IsAdoptedAndNeverRepeated()
    {
        bench.Queue.OnSubmit = (_, model, _) => Task.FromResult<SubmitOutcome?>(model == ModelNames.LipSync ? LoseAfterTaking(model) : null);

        var report = await bench.RunAsync(flow);

        Assert.Equal(JobStatus.Succeeded, report.Results.Jobs[0].Status);
        Assert.Equal(1, bench.Queue.PostsOf(ModelNames.LipSync));
        Assert.Contains(bench.Events, e => e is RunEvent.Adopted { RequestId: "r2" });
        Assert.Equal(0.077m, report.Results.Summary.CostUsd);
    }

    [Fact]
    public async Task Submit_IdentifyLostButTaken_IsAdoptedWithItsSession()
    {
        bench.Queue.OnSubmit = (_, model, _) => Task.FromResult<SubmitOutcome?>(model == ModelNames.IdentifyFace ? LoseAfterTaking(model) : null);

        var report = await bench.RunAsync(flow);

        Assert.Equal(JobStatus.Succeeded, report.Results.Jobs[0].Status);
        Assert.Equal(2, bench.Queue.Posts.Count);
    }

    [Fact]
    public async Task Submit_AnswerLostAndNotTaken_IsSentAgainOnlyAfterSettleAfter()
    {
        bench.Queue.OnSubmit = (number, _, _) => Task.FromResult<SubmitOutcome?>(number == 2 ? Lost : null);

        var report = await bench.RunAsync(flow);

        Assert.Equal(JobStatus.Succeeded, report.Results.Jobs[0].Status);
        var posts = bench.Queue.Posts.Where(p => p.Model == ModelNames.LipSync).ToList();
        Assert.Equal(2, posts.Count);
        Assert.True(posts[1].At - posts[0].At >= TimeSpan.FromSeconds(60), $"{posts[1].At - posts[0].At}");
        Assert.Equal(2, bench.Request("a").Attempts);
        Assert.Equal(0.077m, report.Results.Summary.CostUsd);
    }

    [Fact]
    public async Task Submit_AnswerLostAndNoListToBeHad_EndsUnknownAndTheNextRunSettles()
    {
        bench.Queue.OnSubmit = (_, model, _) => Task.FromResult<SubmitOutcome?>(model == ModelNames.LipSync ? LoseAfterTaking(model) : null);
        bench.Queue.OnList = _ => new ListOutcome.Unavailable(ScriptedQueue.Trouble);
        var first = await bench.RunAsync(flow);
        bench.Queue.OnList = null;

        var second = await bench.RunAsync(flow);

        Assert.Equal(JobStatus.Unknown, first.Results.Jobs[0].Status);
        Assert.Equal("GKF8022", first.Results.Jobs[0].Error?.Code);
        Assert.Equal(JobStatus.Succeeded, second.Results.Jobs[0].Status);
        Assert.Equal(1, bench.Queue.PostsOf(ModelNames.LipSync));
    }

    [Fact]
    public async Task Submit_AnswerLostAndTheListIsCut_EndsUnknown()
    {
        bench.Queue.OnSubmit = (number, _, _) => Task.FromResult<SubmitOutcome?>(number == 2 ? Lost : null);
        bench.Queue.OnList = records => new ListOutcome.Listed(records) { IsComplete = false };

        var report = await bench.RunAsync(flow);

        Assert.Equal(JobStatus.Unknown, report.Results.Jobs[0].Status);
        Assert.Equal(1, bench.Queue.PostsOf(ModelNames.LipSync));
    }

    [Fact]
    public async Task Submit_AnswerLostAndACutListReachesBackFarEnough_IsSentAgain()
    {
        bench.Queue.OnSubmit = (number, _, _) => Task.FromResult<SubmitOutcome?>(number == 2 ? Lost : null);
        bench.Queue.OnList = _ => new ListOutcome.Listed(
        [
            Stranger("x1", "{\"session_id\":\"other\"}", bench.Clock.GetUtcNow()),
            Stranger("x2", "{\"session_id\":\"other\"}", bench.Clock.GetUtcNow().AddHours(-2)),
        ])
        { IsComplete = false };

        var report = await bench.RunAsync(flow);

        Assert.Equal(JobStatus.Succeeded, report.Results.Jobs[0].Status);
        Assert.Equal(2, bench.Queue.PostsOf(ModelNames.LipSync));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData(null)]
    public async Task Submit_AnswerLostAndAListedRequestHidesItsPayload_EndsUnknown(string? payload)
    {
        bench.Queue.OnSubmit = (number, _, _) => Task.FromResult<SubmitOutcome?>(number == 2 ? Lost : null);
        bench.Queue.OnList = _ => new ListOutcome.Listed([Stranger("x1", payload, bench.Clock.GetUtcNow())]);

        var report = await bench.RunAsync(flow);

        Assert.Equal(JobStatus.Unknown, report.Results.Jobs[0].Status);
        Assert.Contains("x1", report.Results.Jobs[0].Error?.Message, StringComparison.Ordinal);
        Assert.Equal(1, bench.Queue.PostsOf(ModelNames.LipSync));
    }

    [Fact]
    public async Task Submit_AnswerLost_AdoptsNoRequestOfAnotherModelTimePayloadOrOneOfOurs()
    {
        bench.Queue.OnSubmit = (number, _, _) => Task.FromResult<SubmitOutcome?>(number == 2 ? Lost : null);
        bench.Queue.OnList = listed =>
        {
            var payload = Payload(bench.Queue.Posts[1].Body);
            var now = bench.Clock.GetUtcNow();
            return new ListOutcome.Listed(
            [
                Stranger("r1", payload, now),
                Stranger("old", payload, now.AddHours(-1)),
                Stranger("other", payload.Replace("2950", "2940", StringComparison.Ordinal), now),
                Stranger("model", payload, now) with { Model = "kling-lip-sync-2" },
                .. listed,
            ]);
        };

        var report = await bench.RunAsync(flow);

        Assert.Equal(JobStatus.Succeeded, report.Results.Jobs[0].Status);
        Assert.Equal(2, bench.Queue.PostsOf(ModelNames.LipSync));
        Assert.DoesNotContain(bench.Events, e => e is RunEvent.Adopted);
    }

    [Fact]
    public async Task Submit_EveryAnswerLostAndNothingTaken_EndsTheRun()
    {
        bench.Queue.OnSubmit = (_, _, _) => Task.FromResult<SubmitOutcome?>(Lost);

        var report = await bench.RunAsync(TestFlow.OfMany(20, videos: 20));

        Assert.Equal(RunEnd.ServiceRefused, report.End);
        Assert.All(report.Results.Jobs, job => Assert.Equal(JobStatus.Pending, job.Status));
        Assert.InRange(bench.Queue.Posts.Count, 1, 100);
    }

    [Fact]
    public async Task Submit_OneRequestIsLostForEver_EndsAtTheDeadlineWithNothingPaid()
    {
        // Something else is taken again and again, so that the service is not out of reach.
        bench.Queue.OnSubmit = (_, model, _) => Task.FromResult<SubmitOutcome?>(model == ModelNames.LipSync ? Lost : null);
        bench.Options = o => o with { UnreachableAfter = TimeSpan.FromDays(1) };

        var report = await bench.RunAsync(flow);

        Assert.Equal((JobStatus.Failed, "GKF8024"), (report.Results.Jobs[0].Status, report.Results.Jobs[0].Error?.Code));
        Assert.Equal(StepState.Pending, bench.Request("a").State);
        Assert.Equal(0.007m, report.Results.Summary.CostUsd);
    }

    [Fact]
    public async Task Submit_AnswerLostAndTheClocksDiffer_IsLookedUpByTheServicesClock()
    {
        bench.Queue.OnSubmit = (number, _, _) => Task.FromResult<SubmitOutcome?>(number == 2 ? Lost : null);
        bench.Queue.OnList = _ => new ListOutcome.Listed([Stranger("ahead", Payload(bench.Queue.Posts[1].Body), bench.Clock.GetUtcNow().AddMinutes(40))])
        {
            ClockOffset = TimeSpan.FromMinutes(40),
        };
        bench.Queue.OnGet = id => new QueryOutcome.Found(bench.Queue.Record(id, ModelNames.LipSync, RequestStatus.Success, null) with
        {
            Outcome = ScriptedQueue.Json("""{"media_urls":[{"url":"https://storage.example.com/ahead.mp4"}]}"""),
        });

        await bench.RunAsync(flow);

        Assert.Equal(1, bench.Queue.PostsOf(ModelNames.LipSync));
        Assert.Contains(bench.Events, e => e is RunEvent.Adopted { RequestId: "ahead" });
    }

    [Fact]
    public async Task Submit_AnswerLost_AdoptsTheSamePayloadWrittenInAnotherWay()
    {
        bench.Queue.OnSubmit = (number, model, _) => Task.FromResult<SubmitOutcome?>(number == 2 ? LoseAfterTaking(model) : null);
        bench.Queue.OnList = listed => new ListOutcome.Listed(
        [
            .. listed.Select(r => r with
            {
                Payload = ScriptedQueue.Json("""{ "face_choose": [ { "sound_insert_time": 0.0, "sound_end_time": 2.95e3, "sound_start_time": 0, "sound_file": "https:\/\/media.example.com\/hello.mp3", "face_id": "0" } ], "session_id": "s-r1" }"""),
            }),
        ]);

        var report = await bench.RunAsync(flow);

        Assert.Equal(JobStatus.Succeeded, report.Results.Jobs[0].Status);
        Assert.Equal(1, bench.Queue.PostsOf(ModelNames.LipSync));
    }

    [Fact]
    public async Task Submit_CutOffBetweenIntentAndAnswer_NextRunAdopts()
    {
        CutOffDuringPost(takenByTheService: true);

        var report = await bench.RunAsync(flow);

        Assert.Equal(JobStatus.Succeeded, report.Results.Jobs[0].Status);
        Assert.Equal(1, bench.Queue.PostsOf(ModelNames.LipSync));
        Assert.Equal(0m, report.Results.Jobs[0].Steps[1].Cost.Usd);
    }

    [Fact]
    public async Task Submit_CutOffBeforeThePostLeft_NextRunSendsAgainOnceTheListIsBelieved()
    {
        CutOffDuringPost(takenByTheService: false);
        bench.Clock.Advance(TimeSpan.FromMinutes(5));
        var resumed = bench.Clock.GetUtcNow();

        var report = await bench.RunAsync(flow);

        Assert.Equal(JobStatus.Succeeded, report.Results.Jobs[0].Status);
        Assert.Equal(2, bench.Queue.PostsOf(ModelNames.LipSync));
        Assert.Equal(resumed, bench.Queue.Posts[^1].At);
        Assert.Equal(0.07m, report.Results.Summary.CostUsd);
    }

    [Fact]
    public async Task Submit_CutOffAndRunAgainForAnotherOrganisation_IsNotSentAgainThere()
    {
        bench.Options = o => o with { Organization = "one" };
        CutOffDuringPost(takenByTheService: true);
        bench.Clock.Advance(TimeSpan.FromMinutes(5));
        bench.Options = o => o with { Organization = "other" };
        bench.Queue.OnList = _ => new ListOutcome.Listed([]);

        var there = await bench.RunAsync(flow);
        bench.Options = o => o with { Organization = "one" };
        bench.Queue.OnList = null;
        var here = await bench.RunAsync(flow);

        Assert.Equal((JobStatus.Unknown, "GKF8022"), (there.Results.Jobs[0].Status, there.Results.Jobs[0].Error?.Code));
        Assert.Contains("GMI_ORG_ID", there.Results.Jobs[0].Error?.Message, StringComparison.Ordinal);
        Assert.Equal(JobStatus.Succeeded, here.Results.Jobs[0].Status);
        Assert.Equal(1, bench.Queue.PostsOf(ModelNames.LipSync));
    }

    [Fact]
    public async Task Submit_OrganisationNamedLater_StillCountsWhatWasPaidBefore()
    {
        await bench.RunAsync(flow);
        bench.Options = o => o with { Organization = "one" };

        var report = await bench.RunAsync(flow);

        Assert.Equal(JobStatus.Reused, report.Results.Jobs[0].Status);
        Assert.Equal(2, bench.Queue.Posts.Count);
    }

    [Fact]
    public async Task Submit_Rejected_FailsTheJobOnceAndTheNextRunMaySendAgain()
    {
        bench.Queue.OnSubmit = (number, _, _) => Task.FromResult<SubmitOutcome?>(number == 2 ? new SubmitOutcome.Rejected(ScriptedQueue.Trouble, StopsRun: false) : null);
        var first = await bench.RunAsync(TestFlow.Of(TestFlow.Job("a"), TestFlow.Job("b")));
        var posts = bench.Queue.PostsOf(ModelNames.LipSync);

        var second = await bench.RunAsync(flow);

        Assert.Equal(1, posts);
        Assert.Equal(RunEnd.Completed, first.End);
        Assert.All(first.Results.Jobs, job => Assert.Equal(JobStatus.Failed, job.Status));
        Assert.Equal(0.007m, first.Results.Summary.CostUsd);
        Assert.Equal(JobStatus.Succeeded, second.Results.Jobs[0].Status);
    }

    [Fact]
    public async Task Submit_KeyOrCreditRefused_StopsTheRunAndLeavesTheRestPending()
    {
        bench.Options = o => o with { Concurrency = 1 };
        bench.Queue.OnSubmit = (number, _, _) => Task.FromResult<SubmitOutcome?>(number == 3 ? new SubmitOutcome.Rejected(ScriptedQueue.Trouble, StopsRun: true) : null);

        var report = await bench.RunAsync(TestFlow.OfMany(50));

        Assert.Equal(RunEnd.ServiceRefused, report.End);
        Assert.Equal(ScriptedQueue.Trouble, report.Reason);
        Assert.Equal(3, bench.Queue.Posts.Count);
        Assert.Equal((1, 1, 48), (report.Results.Summary.Succeeded, report.Results.Summary.Failed, report.Results.Summary.Pending));
    }

    [Fact]
    public async Task Submit_KeyOrCreditRefused_FollowsWhatIsPaidForToItsEnd()
    {
        // The answer to the second request comes after the refusal of the third: no order of threads can change who is paid for.
        var refused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Options = o => o with { Concurrency = 2, Deadline = TimeSpan.FromDays(365) };
        bench.Queue.PollsUntilDone = 3;
        bench.OnEvent = e => (e as RunEvent.Stopping is not null ? refused : null)?.TrySetResult();
        bench.Queue.OnSubmit = async (number, _, _) =>
        {
            await (number == 2 ? refused.Task : Task.CompletedTask);
            return number == 3 ? new SubmitOutcome.Rejected(ScriptedQueue.Trouble, StopsRun: true) : null;
        };

        var report = await bench.RunAsync(TestFlow.OfMany(10));

        Assert.Equal((1, 1, 8), (report.Results.Summary.Succeeded, report.Results.Summary.Failed, report.Results.Summary.Pending));
        Assert.Equal(3, bench.Queue.Posts.Count);
        Assert.Equal(RunEnd.ServiceRefused, report.End);
    }

    [Fact]
    public async Task Submit_WaitsForItsTurn_LeavesNoTraceOfAnIntent()
    {
        var atTurns = new List<(int Posts, int Intents)>();
        bench.Queue.OnTurn = _ =>
        {
            using var store = Assert.IsType<StateOpening.Opened>(StateStore.OpenForReading(bench.StateFolder)).Store;
            atTurns.Add((bench.Queue.Posts.Count, store.ListJobs().SelectMany(store.ListRequests).Sum(r => r.Attempts)));
            return Task.CompletedTask;
        };

        await bench.RunAsync(flow);

        Assert.Equal([(0, 0), (1, 1)], atTurns);
    }

    [Fact]
    public async Task Submit_StoppedWhileItWaitsForItsTurn_IsPendingWithNothingToSettle()
    {
        using var stop = new CancellationTokenSource();
        bench.Queue.OnTurn = async token =>
        {
            await stop.CancelAsync();
            token.ThrowIfCancellationRequested();
        };

        var report = await bench.RunAsync(flow, stop.Token);

        Assert.Equal((RunEnd.Interrupted, JobStatus.Pending), (report.End, report.Results.Jobs[0].Status));
        Assert.Empty(bench.Queue.Posts);
        using var store = bench.OpenStore();
        Assert.Empty(store.ListJobs().SelectMany(store.ListRequests));
    }

    [Fact]
    public async Task Submit_WaitsAfterARefusal_LeavesItsPlaceToAnother()
    {
        // The first sync is not taken until another one was: were its place kept, neither could go on.
        bench.Options = o => o with { Concurrency = 1, Deadline = TimeSpan.FromDays(365), UnreachableAfter = TimeSpan.FromDays(365) };
        string? first = null;
        bench.Queue.OnSubmit = (_, model, _) =>
        {
            var body = bench.Queue.Posts[^1].Body;
            first ??= model == ModelNames.LipSync ? body : null;
            return Task.FromResult<SubmitOutcome?>(
                body == first && bench.Queue.Posts.All(p => p.Model == ModelNames.IdentifyFace || p.Body == first)
                    ? new SubmitOutcome.NotNow(ScriptedQueue.Trouble, null, IsThrottled: false)
                    : null);
        };

        var report = await bench.RunAsync(TestFlow.OfMany(2));

        Assert.Equal(2, report.Results.Summary.Succeeded);
    }

    [Fact]
    public async Task Submit_NotNow_WaitsAsLongAsAskedAndSendsAgain()
    {
        bench.Queue.OnSubmit = (number, _, _) => Task.FromResult<SubmitOutcome?>(
            number == 2 ? new SubmitOutcome.NotNow(ScriptedQueue.Trouble, TimeSpan.FromSeconds(42), IsThrottled: true) : null);

        var report = await bench.RunAsync(flow);

        Assert.Equal(JobStatus.Succeeded, report.Results.Jobs[0].Status);
        Assert.True(bench.Queue.Posts[2].At - bench.Queue.Posts[1].At >= TimeSpan.FromSeconds(42));
        Assert.Equal(0, bench.Queue.Lists);
        Assert.Equal(0.077m, report.Results.Summary.CostUsd);
    }

    [Fact]
    public async Task Submit_ThrottledForEver_EndsAtTheDeadlineWithNothingPaid()
    {
        bench.Queue.OnSubmit = (_, model, _) => Task.FromResult<SubmitOutcome?>(
            model == ModelNames.LipSync ? new SubmitOutcome.NotNow(ScriptedQueue.Trouble, null, IsThrottled: true) : null);

        var report = await bench.RunAsync(flow);

        Assert.Equal("GKF8024", report.Results.Jobs[0].Error?.Code);
        Assert.Equal(RunEnd.Completed, report.End);
        Assert.Equal(0.007m, report.Results.Summary.CostUsd);
        Assert.InRange(bench.Clock.GetUtcNow() - bench.Queue.Posts[0].At, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(32));
    }

    [Fact]
    public async Task Submit_ServiceUnreachable_StopsTheRunWithinMinutes()
    {
        bench.Queue.OnSubmit = (_, _, _) => Task.FromResult<SubmitOutcome?>(new SubmitOutcome.NotNow(ScriptedQueue.Trouble, null, IsThrottled: false));

        var report = await bench.RunAsync(TestFlow.OfMany(100));

        Assert.Equal(RunEnd.ServiceRefused, report.End);
        Assert.Equal(100, report.Results.Summary.Pending);
        Assert.InRange(bench.Clock.GetUtcNow() - bench.Queue.Posts[0].At, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(4));
    }

    [Fact]
    public async Task Submit_BudgetWouldBeCrossed_StopsSubmittingAndFollowsTheRest()
    {
        bench.Options = o => o with { BudgetUsd = 0.2m };

        var report = await bench.RunAsync(TestFlow.OfMany(10));

        Assert.Equal(RunEnd.BudgetReached, report.End);
        Assert.Equal("GKF8020", report.Reason?.Code);
        Assert.Equal(2, bench.Queue.PostsOf(ModelNames.LipSync));
        Assert.Equal((2, 8), (report.Results.Summary.Succeeded, report.Results.Summary.Pending));
        Assert.True(report.Results.Summary.CostUsd <= 0.2m);
    }

    [Fact]
    public async Task Submit_ServiceAnswersWithTheIdOfAnotherRequest_EndsUnknown()
    {
        bench.Queue.OnSubmit = (number, model, _) => Task.FromResult<SubmitOutcome?>(
            number == 3 ? new SubmitOutcome.Accepted(bench.Queue.Record("r2", model, RequestStatus.Queued, null)) : null);
        bench.Options = o => o with { Concurrency = 1 };

        var report = await bench.RunAsync(TestFlow.OfMany(2));

        Assert.Equal((1, 1), (report.Results.Summary.Succeeded, report.Results.Summary.Unknown));
        Assert.Equal(3, bench.Queue.Posts.Count);
    }

    [Fact]
    public async Task Submit_StateFolderDeletedBeforeThePost_SendsNothing()
    {
        bench.OnEvent = e =>
        {
            if (e is RunEvent.JobStarted)
            {
                Directory.Delete(bench.StateFolder, recursive: true);
            }
        };

        var report = await bench.RunAsync(flow);

        Assert.Equal(RunEnd.StateUnusable, report.End);
        Assert.Equal("GKF8005", report.Reason?.Code);
        Assert.Empty(bench.Queue.Posts);
    }

    [Fact]
    public async Task Run_DurationsCannotBeRead_SpendsNothingAndSaysSo()
    {
        using var store = bench.OpenStore();
        var plan = bench.PlanFor(store, TestFlow.OfMany(2));
        store.Database.Execute("DROP TABLE durations");

        var report = await bench.RunAsync(store, plan);

        Assert.Equal((RunEnd.StateUnusable, "GKF8001"), (report.End, report.Reason?.Code));
        Assert.Equal(2, report.Results.Jobs.Count(static job => job.Status == JobStatus.Pending));
        Assert.Empty(bench.Queue.Posts);
    }

    [Fact]
    public async Task Identify_DurationsCannotBeRead_SpendsNothingAndSaysSo()
    {
        using var store = bench.OpenStore();
        var plan = bench.PlanFor(store, TestFlow.OfMany(2));
        store.Database.Execute("DROP TABLE durations");

        var report = await new Identifier(store, bench.Queue, bench.Downloader, bench.Clock, new Random(1)).RunAsync(plan, bench.NewOptions(), bench, CancellationToken.None);

        Assert.Equal((RunEnd.StateUnusable, "GKF8001"), (report.End, report.Reason?.Code));
        Assert.Empty(bench.Queue.Posts);
    }

    [Fact]
    public async Task Submit_StateFolderDeletedDuringThePost_StopsAndTellsThatNobodyKnows()
    {
        bench.Queue.OnSubmit = (number, _, _) =>
        {
            if (number == 2)
            {
                Directory.Delete(bench.StateFolder, recursive: true);
            }

            return Task.FromResult<SubmitOutcome?>(null);
        };
        bench.Options = o => o with { Concurrency = 1 };

        var report = await bench.RunAsync(TestFlow.OfMany(20));

        Assert.Equal(RunEnd.StateUnusable, report.End);
        Assert.Equal(2, bench.Queue.Posts.Count);
        Assert.Equal(1, report.Results.Summary.Unknown);
    }

    [Fact]
    public async Task Submit_StateFolderReplacedByANewRun_StopsTheFirst()
    {
        bench.Queue.OnSubmit = (number, _, _) =>
        {
            if (number == 2)
            {
                Directory.Delete(bench.StateFolder, recursive: true);
                bench.OpenStore().Dispose();
            }

            return Task.FromResult<SubmitOutcome?>(null);
        };

        var report = await bench.RunAsync(flow);

        Assert.Equal("GKF8005", report.Reason?.Code);
    }

    private SubmitOutcome LoseAfterTaking(string model)
    {
        bench.Queue.Take(model, bench.Queue.Posts[^1].Body);
        return Lost;
    }

    private void CutOffDuringPost(bool takenByTheService)
    {
        // The process dies inside the POST: nothing after the intent reaches the disk.
        var copy = Path.Combine(Path.GetDirectoryName(bench.StateFolder) ?? "", "copy");
        bench.Queue.OnSubmit = (number, model, _) =>
        {
            if (number == 2)
            {
                Directory.CreateDirectory(copy);
                foreach (var file in Directory.GetFiles(bench.StateFolder, "state.db*"))
                {
                    File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
                }

                if (takenByTheService)
                {
                    bench.Queue.Take(model, bench.Queue.Posts[^1].Body);
                }

                throw new InvalidOperationException("killed");
            }

            return Task.FromResult<SubmitOutcome?>(null);
        };
        bench.RunAsync(flow).GetAwaiter().GetResult();
        bench.Queue.OnSubmit = null;
        Directory.Delete(bench.StateFolder, recursive: true);
        Directory.Move(copy, bench.StateFolder);
    }

    private RequestRecord Stranger(string id, string? payload, DateTimeOffset createdAt) =>
        bench.Queue.Record(id, ModelNames.LipSync, RequestStatus.Queued, payload is null ? null : ScriptedQueue.Json(payload), createdAt);

    private static string Payload(string body)
    {
        using var document = System.Text.Json.JsonDocument.Parse(body);
        return document.RootElement.GetProperty("payload").GetRawText();
    }
}
