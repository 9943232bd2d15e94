using Polly;
using Polly.Retry;

namespace GmiKlingFlow.Runtime.Queue;

/// <summary>Whether a try should be repeated, and what the server asked to wait.</summary>
internal readonly record struct Repeat(bool Wanted, TimeSpan? After = null)
{
    public static Repeat No => new(false);

    /// <summary>What is left of the caller's patience; null without end.</summary>
    public TimeSpan? Left { get; init; }
}

/// <summary>Repeats what may be repeated (GET, grants, uploads, downloads), with back-off and jitter; never a paid POST.</summary>
internal sealed class RepeatPolicy(TimeProvider time, Random jitter, int repeats, TimeSpan first, TimeSpan longest)
{
    public ResiliencePipeline<T> For<T>(Func<T, Repeat> judge) => new ResiliencePipelineBuilder<T> { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions<T>
        {
            MaxRetryAttempts = Math.Max(1, repeats),
            ShouldHandle = args => ValueTask.FromResult(repeats > 0 && args.Outcome.Result is { } result && IsWorthIt(judge(result))),
            DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(Delay(args.AttemptNumber, args.Outcome.Result is { } result ? judge(result).After : null)),
        })
        .Build();

    /// <returns>Between half and the whole of <c>first * 2^attempt</c>, at most the longest; never less than asked for.</returns>
    internal TimeSpan Delay(int attempt, TimeSpan? asked)
    {
        var whole = Math.Min(first.TotalMilliseconds * Math.Pow(2, Math.Min(attempt, 30)), longest.TotalMilliseconds);
        double chance;
        lock (jitter)
        {
            chance = jitter.NextDouble();
        }

        var own = TimeSpan.FromMilliseconds(whole * (0.5 + (chance / 2)));
        return asked is { } a ? a + TimeSpan.FromMilliseconds(first.TotalMilliseconds * chance / 2) : own;
    }

    // A wait longer than this call may take is the caller's business: it knows the job's deadline.
    private bool IsWorthIt(Repeat repeat) => repeat.Wanted && repeat.After.GetValueOrDefault() <= longest && (repeat.Left is not { } left || repeat.After.GetValueOrDefault() < left);
}
