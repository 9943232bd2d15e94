using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Execution.Polling;

/// <summary>
/// One way to tell from the requests that have ended how likely one is to end in each step of the <see cref="TimeGrid"/>, and how well it has told so far:
/// after each look, how likely it had said that what was found would be.
/// </summary>
internal abstract class DurationBelief
{
    // What was told of requests that ended this many ends ago counts e times less.
    private const double ScoreMemory = 33;

    // Nothing is impossible: so much is lost at most by what was.
    private const double Impossible = 1e-4;

    private readonly double[] left = new double[TimeGrid.Steps + 1];
    private bool isFilled;

    /// <param name="score">What it has before anything was seen.</param>
    protected DurationBelief(double score) => Score = score;

    /// <summary>How well it told what was found: a logarithm, higher is better.</summary>
    public double Score { get; private set; }

    /// <summary>False until it has seen enough to be asked.</summary>
    public virtual bool Knows => true;

    /// <summary>Sums to 1.</summary>
    public double[] Mass { get; } = new double[TimeGrid.Steps];

    /// <summary>That part of it which stands for what nobody has seen.</summary>
    public double[] Unseen { get; } = new double[TimeGrid.Steps];

    /// <summary>A request has ended.</summary>
    /// <param name="isOld">In an earlier run.</param>
    public abstract void Learn(DurationSample sample, bool isOld);

    /// <param name="underWay">How many requests were last seen unfinished at each step: they will end later than that, so those that end first are not taken for all.</param>
    public void Fill(ReadOnlySpan<int> underWay)
    {
        Tell(underWay);
        left[TimeGrid.Steps] = 0;
        for (var k = TimeGrid.Steps - 1; k >= 0; k--)
        {
            left[k] = left[k + 1] + Mass[k];
        }

        isFilled = true;
    }

    /// <summary>Its score, until it <see cref="Knows"/>.</summary>
    public void Begin(double score) => Score = score;

    /// <summary>A look found a request unfinished that the look before had found so, too.</summary>
    public void SawUnfinished(double before, double elapsed) => Score += isFilled ? Math.Log(Impossible + Stays(before, elapsed)) : 0;

    /// <summary>A look found a request done.</summary>
    public void SawDone(double before, double elapsed) => Score = (Score + (isFilled ? Math.Log(1 + Impossible - Stays(before, elapsed)) : 0)) * (1 - (1 / ScoreMemory));

    /// <summary>Fills <see cref="Mass"/> and <see cref="Unseen"/>.</summary>
    protected abstract void Tell(ReadOnlySpan<int> underWay);

    private double Stays(double before, double elapsed) =>
        Left(before) is var unfinished && unfinished > 1e-9 ? Math.Clamp(Left(elapsed) / unfinished, 0, 1) : 0.5;

    private double Left(double seconds)
    {
        var place = TimeGrid.PlaceOf(seconds);
        var step = Math.Min((int)place, TimeGrid.Steps - 1);
        return left[step] + ((left[step + 1] - left[step]) * (place - step));
    }
}
