using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Shards;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Planning.Shards;

public sealed class ShardingTests
{
    private const double Slack = 1.1;

    /// <summary>Jobs of up to eight videos of 3 to 60 s, shared among up to nine machines.</summary>
    private static readonly Gen<Batch> Batches =
        from videos in Gen.Choose(1, 8)
        from jobs in Gen.Choose(1, 120)
        from shards in Gen.Choose(1, 9)
        from seed in Gen.Choose(0, int.MaxValue)
        select Batch.Of(jobs, videos, shards, seed);

    private static readonly double Identify = Estimates.TypicalIdentify.TotalSeconds;

    [Fact]
    public void Among_AnyBatch_GivesEachUnitToOneShardAndAddsUp() =>
        Prop.ForAll(Batches.ToArbitrary(), batch =>
        {
            var sharding = batch.Share();
            return sharding.Of.Count == batch.Units.Count
                && sharding.Of.All(shard => shard >= 1 && shard <= batch.Shards)
                && Math.Abs(Seconds(sharding).Sum() - batch.Seconds - (Identify * sharding.ExtraIdentifies)) < 0.001;
        }).Check(PropertyRun.Config.WithMaxTest(300));

    [Fact]
    public void Among_AnyBatch_FillsNoShardFarAboveItsShare() =>
        Prop.ForAll(Batches.ToArbitrary(), batch =>
        {
            var sharding = batch.Share();
            var share = Seconds(sharding).Sum() / batch.Shards;
            return Seconds(sharding).Max() <= Math.Max(Slack * share, share + batch.Units.Max(unit => unit.Time.TotalSeconds) + Identify) + 0.001;
        }).Check(PropertyRun.Config.WithMaxTest(300));

    [Fact]
    public void Among_OtherOrder_IsTheSame() =>
        Prop.ForAll(Batches.ToArbitrary(), batch =>
        {
            var reversed = Sharding.Among(new Shard(1, batch.Shards), [.. batch.Units.Reverse()]);
            return batch.Share().Of.SequenceEqual(reversed.Of.Reverse());
        }).Check(PropertyRun.Config.WithMaxTest(100));

    /// <summary>The figures of decision record 14.</summary>
    [Theory]
    [InlineData(100, 1, 4, 1.12, 4, 3)]
    [InlineData(100, 20, 4, 1.12, 2, 4)]
    [InlineData(1000, 100, 8, 1.12, 2, 6)]
    public void Among_OneJobMore_StaysBalancedAndMovesFew(int jobs, int videos, int shards, double worst, double movedOnAverage, int extra)
    {
        const int Batches = 40;
        var (moved, extras) = (0, 0);
        for (var seed = 0; seed < Batches; seed++)
        {
            var batch = Batch.Of(jobs, videos, shards, seed);
            var (before, after) = (batch.Share(), (batch with { Units = [.. batch.Units, batch.Units[0] with { Key = "added" }] }).Share());
            Assert.InRange(Seconds(before).Max() / Seconds(before).Average(), 1, worst);
            moved += before.Of.Zip(after.Of).Count(pair => pair.First != pair.Second);
            extras += before.ExtraIdentifies;
        }

        var (average, identifies) = (moved / (double)Batches, extras / (double)Batches);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"moved {average:0.0} of {jobs}, {identifies:0.0} identifies more"));
        Assert.InRange(average, 0, movedOnAverage);
        Assert.InRange(identifies, 0, extra);
    }

    [Fact]
    public void Among_SmallVideos_KeepsEachInOneShardWhereThereIsRoom()
    {
        var sharding = Batch.Of(60, 30, 2, seed: 7).Share();

        Assert.InRange(sharding.ExtraIdentifies, 0, 1);
    }

    [Fact]
    public void Plan_Shards_BalanceSecondsNotJobs()
    {
        // Four jobs of a minute against twelve of four seconds: by count, a machine could get all the long ones.
        var jobs = Enumerable.Range(0, 16).Select(i => GivenFlow.Job($"job-{i}", GivenFlow.Video($"v{i}", $"v{i}", seconds: i < 4 ? 60 : 4))).ToList();
        var seconds = Shards(GivenFlow.Of(jobs), 4)[0].Sharding is { } sharding ? Seconds(sharding) : [];

        Assert.InRange(seconds.Max() / seconds.Average(), 1, 1.6);
    }

    [Fact]
    public void Plan_Shards_KeepJobsOfTheSameContentTogether()
    {
        var jobs = Enumerable.Range(0, 12).Select(i => GivenFlow.Job($"job-{i}", null, GivenFlow.Entry(insert: i / 2 * 100))).ToList();
        var shards = Shards(GivenFlow.Of(jobs), 3)[0].Jobs.Select(job => job.Shard).ToList();

        Assert.All(Enumerable.Range(0, 6), i => Assert.Equal(shards[2 * i], shards[(2 * i) + 1]));
    }

    [Fact]
    public void Plan_ShardsOfChainedJobs_KeepASharedFirstPassTogether()
    {
        var (anna, ben) = (GivenFlow.Face("anna", new FaceSelector.ById("0")), GivenFlow.Face("ben", new FaceSelector.ById("1")));
        var jobs = Enumerable.Range(0, 8).Select(i => GivenFlow.Job($"job-{i}", null, GivenFlow.Entry(anna), GivenFlow.Entry(ben, insert: 3000 + i, index: 1))).ToList();
        var flow = GivenFlow.Of(jobs) with { Run = new RunSettings { MultiFace = MultiFace.Chain } };

        Assert.Single(Shards(flow, 4)[0].Jobs.Select(job => job.Shard).Distinct());
    }

    [Fact]
    public void Plan_ShardWithSelect_MovesNoJob()
    {
        var flow = GivenFlow.Of([.. Enumerable.Range(0, 20).Select(i => GivenFlow.Job($"job-{i}", null, GivenFlow.Entry(insert: i)))]);
        var some = Planner.Plan(flow, new PlanInputs { Selection = new JobSelection { Shard = new Shard(1, 3), Select = ["job-1*"] } }, new DiagnosticBag());

        Assert.Equal(Shards(flow, 3)[0].Jobs.Select(job => job.Shard), some.Jobs.Select(job => job.Shard));
    }

    [Fact]
    public void Plan_JobOfAnotherShard_SaysWhich()
    {
        var flow = GivenFlow.Of([.. Enumerable.Range(0, 20).Select(i => GivenFlow.Job($"job-{i}", null, GivenFlow.Entry(insert: i)))]);

        Assert.Contains(Shards(flow, 2)[0].Jobs, job => job.Reason == "left to shard 2/2");
    }

    /// <summary>A job must find its state again after an update of the program: this assignment may never change.</summary>
    [Fact]
    public void Among_KnownBatch_IsAsItEverWas()
    {
        ShardUnit[] units = [.. Enumerable.Range(0, 16).Select(i => new ShardUnit($"job-{i}", $"video-{i % 5}", TimeSpan.FromSeconds(100 + (10 * i))))];

        Assert.Equal("1 2 2 3 3 1 2 2 3 3 1 2 2 3 1 1", string.Join(' ', Sharding.Among(new Shard(1, 3), units).Of));
    }

    private static List<double> Seconds(Sharding sharding) => [.. sharding.Times.Select(time => time.TotalSeconds)];

    private static List<Plan> Shards(Flow flow, int count) =>
        [.. Enumerable.Range(1, count).Select(i => Planner.Plan(flow, new PlanInputs { Selection = new JobSelection { Shard = new Shard(i, count) } }, new DiagnosticBag()))];

    private sealed record Batch(IReadOnlyList<ShardUnit> Units, int Shards)
    {
        public double Seconds => Units.Sum(unit => unit.Time.TotalSeconds) + (Identify * Units.Select(unit => unit.VideoKey).Distinct().Count());

        public static Batch Of(int jobs, int videos, int shards, int seed)
        {
            var random = new Random(seed);
            var lengths = Enumerable.Range(0, videos).Select(_ => TimeSpan.FromSeconds(60 + (18 * random.Next(3, 60)))).ToList();
            return new(
                [.. Enumerable.Range(0, jobs).Select(i => (Job: i, Video: random.Next(videos))).Select(at => new ShardUnit($"{seed}-job-{at.Job}", $"{seed}-video-{at.Video}", lengths[at.Video]))],
                shards);
        }

        public Sharding Share() => Sharding.Among(new Shard(1, Shards), Units);
    }
}
