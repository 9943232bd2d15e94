using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Execution.Polling;

/// <summary>The looks at one request. Not for several threads at once.</summary>
internal sealed class PollTurn : IDisposable
{
    // So little that a look is not late for it, and enough that requests sent together are not looked at in one moment.
    private const double Scatter = 0.015;

    private readonly ModelWaits model;
    private readonly Jitter jitter;
    private readonly long number;
    private double scatter;
    private int looked;
    private bool isUnderWay = true;

    public PollTurn(ModelWaits model, Jitter jitter)
    {
        (this.model, this.jitter) = (model, jitter);
        number = model.Enter();
        scatter = jitter.Share();
    }

    /// <summary>Seconds since the submission at the last look that found it unfinished; 0 before the first.</summary>
    public double Unfinished { get; private set; }

    /// <summary>Cancelled when so much was learned that whoever waits should ask for its wait again; never, once little can be learned.</summary>
    public CancellationToken Learned => model.Learned;

    /// <returns>How long to wait from <paramref name="elapsed"/> on, the time since the submission.</returns>
    public TimeSpan Wait(TimeSpan elapsed)
    {
        var next = model.Next(number, Unfinished);
        var until = next + ((next - Unfinished) * Scatter * ((2 * scatter) - 1));
        return TimeSpan.FromSeconds(Math.Clamp(until - elapsed.TotalSeconds, 0, model.Longest));
    }

    /// <summary>It was looked at and is not finished.</summary>
    public void Saw(TimeSpan elapsed)
    {
        looked++;
        var before = Unfinished;
        Unfinished = Math.Max(Unfinished, elapsed.TotalSeconds);
        scatter = jitter.Share();
        model.SawUnfinished(before, Unfinished);
    }

    /// <summary>It was looked at and is finished.</summary>
    /// <param name="told">What the service's own times say that it took; null when they don't tell.</param>
    /// <param name="isWhole">True when those are in whole seconds.</param>
    /// <returns>What can be remembered of it.</returns>
    public DurationSample Finished(TimeSpan elapsed, TimeSpan? told = null, bool isWhole = true)
    {
        var sample = DurationSample.Of(Unfinished, elapsed.TotalSeconds, told?.TotalSeconds, isWhole);
        Dispose();
        model.Learn(sample, Unfinished, elapsed.TotalSeconds, looked + 1);
        return sample;
    }

    public void Dispose()
    {
        if (isUnderWay)
        {
            isUnderWay = false;
            model.Leave(Unfinished);
        }
    }
}
