using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Execution.Polling;

/// <summary>What is known of one model's durations, and when to look by it.</summary>
internal sealed class ModelWaits(double shortest, double longest, double looks)
{
    private const int MostSamples = 64;

    // A look may cost this share of a request's duration: changed by and by so that a request needs about this many looks.
    private const double FirstLookCost = 0.006;
    private const double LeastLookCost = 0.003;
    private const double MostLookCost = 0.05;
    private const double FewerLooks = 0.9;

    // Where requests of this run needed more looks than they may, mostly in a first wave, later ones get fewer: so many times as many fewer, but no more than this.
    private const double Saving = 3;
    private const double MostSaved = 1.5;

    // Each of the first samples changes what is known; of those that come when the memory is full it takes several.
    private const int LearnedAtOnce = 4;

    // Waits are planned anew after these many requests have ended; later ones teach too little for that.
    private static readonly int[] Lessons = [1, 2, 3, 4, 6, 8, 12, 16];

    private readonly Lock gate = new();
    private readonly List<DurationSample> samples = [];
    private readonly double[] mass = new double[TimeGrid.Steps];
    private readonly double[] unseen = new double[TimeGrid.Steps];
    private readonly int[] seenUnfinished = new int[TimeGrid.Steps + 1];
    private CancellationTokenSource? learned = new();
    private LookTable? table;
    private double lookCost = FirstLookCost;
    private double longestUnfinished;
    private int old;
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
            samples.InsertRange(0, earlier.TakeLast(MostSamples));
            old = samples.Count;
            table = null;
            for (var i = 0; i < 12 && samples.Count > 0; i++)
            {
                Plan();
            }
        }
    }

    public void SawUnfinished(double before, double elapsed)
    {
        lock (gate)
        {
            Forget(before);
            seenUnfinished[(int)TimeGrid.PlaceOf(elapsed)]++;
            longestUnfinished = Math.Max(longestUnfinished, elapsed);
        }
    }

    /// <param name="looked">How often it was looked at, the last time included.</param>
    public void Learn(DurationSample sample, int looked)
    {
        CancellationTokenSource? told = null;
        lock (gate)
        {
            if (samples.Count == MostSamples)
            {
                samples.RemoveAt(0);
                old = Math.Max(0, old - 1);
            }

            samples.Add(sample);
            ended++;
            spent += looked;
            table = ended > MostSamples && ended % LearnedAtOnce != 0 ? table : null;
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
            if (samples.Count == 0)
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
        DurationBelief.Fill(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(samples), old, mass, unseen, seenUnfinished, ended);
        var made = LookTable.Make(mass, unseen, shortest, longest, lookCost);
        var aim = looks - Math.Clamp(ended == 0 ? 0 : Saving * ((spent / (double)ended) - looks), 0, MostSaved);
        lookCost = made.ExpectedLooks > aim ? Math.Min(MostLookCost, lookCost * 1.25)
            : made.ExpectedLooks < aim * FewerLooks ? Math.Max(LeastLookCost, lookCost / 1.15)
            : lookCost;
        return made;
    }
}
