using FsCheck;
using FsCheck.Fluent;
using GmiKlingFlow.Runtime.Queue;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Queue;

public class RepeatPolicyTests
{
    [Fact]
    public void Delay_AnyAttemptAndSeed_StaysWithinItsBounds() =>
        Prop.ForAll<PositiveInt, int>((attempt, seed) =>
        {
            var policy = new RepeatPolicy(TimeProvider.System, new Random(seed), 3, TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(20));
            var whole = Math.Min(500 * Math.Pow(2, Math.Min(attempt.Get, 30)), 20_000);
            var delay = policy.Delay(attempt.Get, null).TotalMilliseconds;
            return delay >= (whole / 2) - 1 && delay <= whole + 1;
        }).Check(PropertyRun.Config);

    [Fact]
    public void Delay_ServerAsks_IsNeverShorterThanAsked() =>
        Prop.ForAll<NonNegativeInt, int>((seconds, seed) =>
        {
            var asked = TimeSpan.FromSeconds(seconds.Get);
            var policy = new RepeatPolicy(TimeProvider.System, new Random(seed), 3, TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(20));
            var delay = policy.Delay(0, asked);
            return delay >= asked && delay <= asked + TimeSpan.FromSeconds(1);
        }).Check(PropertyRun.Config);
}
