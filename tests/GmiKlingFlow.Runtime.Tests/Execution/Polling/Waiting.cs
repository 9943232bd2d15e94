using System.Globalization;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Runtime.Execution.Polling;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Tests.Execution.Polling;

/// <summary>A way to wait for requests: one object for a run, one turn for each request.</summary>
internal abstract class Waiting
{
    public abstract string Name { get; }

    public abstract Turn Begin();

    /// <summary>A fixed wait between looks.</summary>
    public static Waiting Fixed(double seconds) => new Simple($"fixed {seconds:0.##} s", (unfinished, _) => unfinished + seconds);

    /// <summary>Waits that grow by a factor up to a longest one.</summary>
    public static Waiting Exponential(double first, double factor, double longest) => new Simple(
        $"exponential {first:0.##} s x{factor:0.##}, to {longest:0} s", (unfinished, looks) => unfinished + Math.Min(longest, first * Math.Pow(factor, looks)));

    public abstract class Turn
    {
        /// <summary>Seconds since the submission at the next look.</summary>
        public abstract double Next(double elapsed);

        public abstract void Saw(double elapsed);

        public abstract void Finished(double elapsed, double told);

        /// <summary>True when the next look has to be asked for again.</summary>
        public virtual bool MustPlanAnew() => false;
    }

    private sealed class Simple(string name, Func<double, int, double> next) : Waiting
    {
        public override string Name => name;

        public override Turn Begin() => new SimpleTurn(next);

        private sealed class SimpleTurn(Func<double, int, double> next) : Turn
        {
            private double unfinished;
            private int looks;

            public override double Next(double elapsed) => next(unfinished, looks);

            public override void Saw(double elapsed) => (unfinished, looks) = (elapsed, looks + 1);

            public override void Finished(double elapsed, double told)
            {
            }
        }
    }
}

/// <summary>The program's own schedule, as a run uses it.</summary>
internal sealed class OwnWaiting : Waiting
{
    private readonly PollSchedule schedule;
    private readonly bool tellsTimes;

    /// <param name="known">What earlier runs have seen; null for a first run.</param>
    /// <param name="tellsTimes">Whether the service's records have times.</param>
    public OwnWaiting(int seed, IReadOnlyList<DurationSample>? known = null, bool tellsTimes = true, double looks = PollSchedule.UsualLooks)
    {
        var defaults = new Core.Model.RunSettings();
        Aim = looks == PollSchedule.UsualLooks ? "**gkflow, as it is**" : string.Create(CultureInfo.InvariantCulture, $"gkflow, for {looks} looks");
        (this.tellsTimes, schedule) = (tellsTimes, new PollSchedule(defaults.PollMin, defaults.PollMax, new Jitter(new Random(seed))) { Looks = looks });
        schedule.Recall("m", known ?? []);
    }

    public override string Name => "gkflow";

    /// <summary>What it aims at, for a table.</summary>
    public string Aim { get; }

    public List<DurationSample> Samples { get; } = [];

    public override Turn Begin() => new OwnTurn(this, schedule.Follow("m"));

    private sealed class OwnTurn(OwnWaiting all, PollTurn turn) : Turn
    {
        private CancellationToken learned = turn.Learned;

        public override double Next(double elapsed)
        {
            learned = turn.Learned;
            return elapsed + turn.Wait(TimeSpan.FromSeconds(elapsed)).TotalSeconds;
        }

        public override void Saw(double elapsed) => turn.Saw(TimeSpan.FromSeconds(elapsed));

        public override void Finished(double elapsed, double told) =>
            all.Samples.Add(turn.Finished(TimeSpan.FromSeconds(elapsed), all.tellsTimes ? TimeSpan.FromSeconds(told) : null));

        public override bool MustPlanAnew() => learned.IsCancellationRequested;
    }
}
