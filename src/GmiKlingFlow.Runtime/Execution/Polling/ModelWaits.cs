using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Execution.Polling;

/// <summary>What is known of one model's durations, and when to look by it.</summary>
internal sealed class ModelWaits(double shortest, double longest, double looks)
{
    // A look may cost this share of a request's duration: changed by and by so that a request needs about this many looks.
    private const double FirstLookCost = 0.006;
    private const double LeastLookCost = 0.003;
    private const double MostLookCost = 0.05;
    private const double MostChange = 1.2;

    // Where requests of this run needed more looks than they may, mostly in a first wave, later ones get fewer, and more where they needed fewer: so many times the
    // difference, but no more than this.
    private const double Correction = 4;
    private const double MostSaved = 1.5;
    private const double MostSpent = 0.5;

    // So often the price of a look is set right by what earlier runs saw.
    private const int RecalledTunings = 12;

    // From so many ends on one tells little: waits are planned anew at every fourth.
    private const int Known = 64;
    private const int LearnedAtOnce = 4;

    // Where little but guesses is left, a look costs so many times as much more, and the more so the more others are under way, whose looks tell as much.
    private const double Doubt = 3;
    private const int MostDoubts = 7;

    // Waits are planned anew after these many requests have ended; later ones teach too little for that.
    private static readonly int[] Lessons = [1, 2, 3, 4, 6, 8, 12, 16];

    private readonly Lock gate = new();
    private readonly BeliefBlend belief = new();
    private readonly int[] seenUnfinished = new int[TimeGrid.Steps + 1];
    private CancellationTokenSource? learned = new();
    private LookTable? table;
    private double lookCost = FirstLookCost;
    private double longestUnfinished;
    private bool isFirst = true;
    private int ended;
    private long spent;
    private int underWay;
    private long entered;

    public CancellationToken Learned
    {
        get
        {
            lock (gate)
            {
                return learned?.Token ?? CancellationToken.None;
            }
        }
    }

    /// <returns>The request's number, from 0.</returns>
    public long Enter()
    {
        lock (gate)
        {
            underWay++;
            return entered++;
        }
    }

    public void Leave(double unfinished)
    {
        lock (gate)
        {
            underWay--;
            Forget(unfinished);
        }
    }

    public void Recall(IReadOnlyList<DurationSample> earlier)
    {
        lock (gate)
        {
            belief.Recall(earlier);
            (table, isFirst) = (null, earlier.Count == 0);
            if (isFirst)
            {
                return;
            }

            belief.Fill(seenUnfinished);
            for (var i = 0; i < RecalledTunings; i++)
            {
                Tune();
            }
        }
    }

    public void SawUnfinished(double before, double elapsed)
    {
        lock (gate)
        {
            Forget(before);
            belief.SawUnfinished(before, elapsed);
            seenUnfinished[(int)TimeGrid.PlaceOf(elapsed)]++;
            longestUnfinished = Math.Max(longestUnfinished, elapsed);
        }
    }

    /// <param name="looked">How often it was looked at, the last time included.</param>
    /// <param name="before">Seconds since its submission at the last look that found it unfinished; 0 when none did.</param>
    /// <param name="finished">At the one that found it done.</param>
    public void Learn(DurationSample sample, double before, double finished, int looked)
    {
        CancellationTokenSource? told = null;
        lock (gate)
        {
            belief.SawDone(before, finished);
            belief.Learn(sample, isOld: false);
            isFirst = false;
            ended++;
            spent += looked;
            table = ended > Known && ended % LearnedAtOnce != 0 ? table : null;
            if (Array.IndexOf(Lessons, ended) >= 0)
            {
                told = learned;
                learned = ended < Lessons[^1] ? new CancellationTokenSource() : null;
            }
        }

        // Not by this thread: it has its own request to finish.
        _ = told?.CancelAsync();
    }

    /// <returns>Seconds since the submission.</returns>
    public double Next(long number, double unfinished)
    {
        lock (gate)
        {
            if (isFirst)
            {
                return FirstLooks.After(number, unfinished, underWay, longestUnfinished, shortest, longest);
            }

            table ??= Plan();
            return unfinished <= 0 ? table.First : Math.Min(Math.Max(table.After(unfinished), unfinished + shortest), unfinished + longest);
        }
    }

    /// <summary>Seconds that a wait may be.</summary>
    public double Longest => longest;

    private void Forget(double unfinished)
    {
        if (unfinished > 0)
        {
            seenUnfinished[(int)TimeGrid.PlaceOf(unfinished)]--;
        }
    }

    private LookTable Plan()
    {
        belief.Fill(seenUnfinished);
        return Tune();
    }

    private LookTable Tune()
    {
        var made = LookTable.Make(belief.Mass, belief.Unseen, shortest, longest, lookCost, Doubt + Math.Min(underWay, MostDoubts));
        var over = ended == 0 ? 0 : Correction * ((spent / (double)ended) - looks);
        var aim = looks - Math.Clamp(over, ended < Known ? 0 : -MostSpent, MostSaved);
        var change = Math.Pow(made.ExpectedLooks / aim, 2);
        lookCost = Math.Clamp(lookCost * Math.Clamp(change, 1 / MostChange, MostChange), LeastLookCost, MostLookCost);
        return made;
    }
}
