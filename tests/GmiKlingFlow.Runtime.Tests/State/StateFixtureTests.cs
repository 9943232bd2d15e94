using System.Runtime.CompilerServices;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.State;
using GmiKlingFlow.Runtime.Tests.Execution;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.State;

/// <summary>State files written by every released version still load and resume. <c>GKFLOW_WRITE_STATE_FIXTURE=1</c> writes the current version's.</summary>
public sealed class StateFixtureTests : IDisposable
{
    private readonly RunBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Fixture_OfTheCurrentVersion_IsCommitted()
    {
        var file = Path.Combine(Fixtures(), $"v{StateSchema.Version}", "state.db");
        if (Environment.GetEnvironmentVariable("GKFLOW_WRITE_STATE_FIXTURE") == "1")
        {
            await WriteAsync(file);
        }

        Assert.True(File.Exists(file), $"{file} is missing.");
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("v2")]
    [InlineData("v3")]
    [InlineData("v4")]
    [InlineData("v5")]
    [InlineData("v6")]
    [InlineData("v7")]
    public async Task Fixture_OfAVersion_StillResumesWithoutPayingAgain(string version)
    {
        Directory.CreateDirectory(bench.StateFolder);
        File.Copy(Path.Combine(Fixtures(), version, "state.db"), Path.Combine(bench.StateFolder, "state.db"));
        await PrepareServiceAsync();

        var report = await bench.RunAsync(Flow());

        Assert.All(report.Results.Jobs, job => Assert.Equal(JobStatus.Succeeded, job.Status));
        Assert.Empty(bench.Queue.Posts);
    }

    [Theory]
    [InlineData("v3", 0.07)]
    [InlineData("v4", 0.08)]
    public void Fixture_OfAVersion_KeepsItsPrices(string version, double perBlock)
    {
        Directory.CreateDirectory(bench.StateFolder);
        File.Copy(Path.Combine(Fixtures(), version, "state.db"), Path.Combine(bench.StateFolder, "state.db"));
        using var store = bench.OpenStore();

        Assert.Equal((decimal)perBlock, store.PricesOf(bench.Service).SyncUsdPerBlock);
    }

    private static Core.Model.Flow Flow() => TestFlow.Of(TestFlow.Job("done", audio: "done"), TestFlow.Job("running", audio: "running"), TestFlow.Job("lost", audio: "lost"));

    private static string Fixtures([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file) ?? ".", "Fixtures");

    // The service has kept what the fixture's run sent: r1 identify, r2 done, r3 running, r4 taken with its answer lost.
    private async Task PrepareServiceAsync()
    {
        var scratch = new RunBench();
        await RunFixtureAsync(scratch);
        bench.Queue = scratch.Queue;
        bench.Queue.Posts.Clear();
        bench.Queue.OnSubmit = null;
        bench.Queue.OnList = null;
        bench.Queue.PollsUntilDone = 0;
        bench.Clock.Advance(scratch.Clock.GetUtcNow() - bench.Clock.GetUtcNow());
        scratch.Dispose();
    }

    private async Task WriteAsync(string file)
    {
        await RunFixtureAsync(bench);
        Directory.CreateDirectory(Path.GetDirectoryName(file) ?? ".");
        File.Copy(Path.Combine(bench.StateFolder, "state.db"), file, overwrite: true);

        // Nothing of the machine that wrote it.
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = DELETE; UPDATE runs SET machine = 'machine', pid = 1; VACUUM";
        command.ExecuteNonQuery();
    }

    private static async Task RunFixtureAsync(RunBench bench)
    {
        bench.Queue.OnList = _ => new ListOutcome.Unavailable(ScriptedQueue.Trouble);
        bench.Queue.OnSubmit = (number, model, _) =>
        {
            bench.Queue.PollsUntilDone = number == 2 ? 1 : int.MaxValue;
            if (number != 4)
            {
                return Task.FromResult<SubmitOutcome?>(null);
            }

            bench.Queue.Take(model, bench.Queue.Posts[^1].Body);
            return Task.FromResult<SubmitOutcome?>(new SubmitOutcome.Unclear(ScriptedQueue.Trouble));
        };
        // One after the other, so that the numbers are always the same.
        var ends = new List<JobStatus>();
        foreach (var job in Flow().Jobs)
        {
            var report = await bench.RunAsync(TestFlow.Of(job));
            ends.Add(report.Results.Jobs[0].Status);
        }

        Assert.Equal([JobStatus.Succeeded, JobStatus.Stalled, JobStatus.Unknown], ends);
        bench.Queue.OnPrice = static (model, _) => Task.FromResult<ModelPrice?>(
            model == ModelNames.LipSync ? new(model, 0.08m, "5 seconds", null, 0) : new(model, 0.009m, "request", null, 0));
        using var store = bench.OpenStore();
        Assert.Empty(await new PriceUpdate(bench.Clock).ApplyAsync(store, bench.Service, bench.Queue, default));
    }
}
