namespace GmiKlingFlow.Runtime.Tests.Execution.Polling;

/// <param name="Delay">Mean of what passed between a request's end and the look that saw it, as a share of its duration.</param>
/// <param name="Looks">Mean number of looks at a request.</param>
/// <param name="Late">The delay's 95th percentile.</param>
internal sealed record WaitingFigures(double Delay, double Looks, double Late);

/// <summary>A run of nothing but waits, without a clock: jobs are submitted as places become free, and looked at when their turn says.</summary>
internal static class WaitingSimulation
{
    public static WaitingFigures Run(Waiting waiting, Durations durations, int jobs, int inFlight, int seed)
    {
        var chance = new Random(seed);
        var flying = new List<Job>();
        var (delays, looks, sent, now) = (new List<double>(jobs), 0, 0, 0.37);
        var order = new PriorityQueue<(Job Job, int Plan), (double At, int Number)>();
        while (delays.Count < jobs)
        {
            while (flying.Count < inFlight && sent < jobs)
            {
                // As a run does: one after the other, a few hundredths of a second apart.
                now += 0.02;
                var job = new Job(sent, now, durations.Take(sent, now, chance), waiting.Begin());
                sent++;
                flying.Add(job);
                Plan(job);
            }

            var (next, plan) = order.Dequeue();
            if (plan != next.Plan)
            {
                continue;
            }

            now = Math.Max(now, next.Sent + next.LookAt);
            looks++;
            var elapsed = now - next.Sent;
            if (elapsed < next.Takes)
            {
                next.Turn.Saw(elapsed);
                Plan(next);
                continue;
            }

            delays.Add((elapsed - next.Takes) / next.Takes);
            flying.Remove(next);

            // The service tells whole seconds.
            next.Turn.Finished(elapsed, Math.Floor(next.Sent + next.Takes) - Math.Floor(next.Sent));
            foreach (var other in flying.Where(static job => job.Turn.MustPlanAnew()))
            {
                Plan(other);
            }
        }

        delays.Sort();
        return new WaitingFigures(delays.Average(), (double)looks / jobs, delays[(int)(0.95 * (jobs - 1))]);

        void Plan(Job job)
        {
            job.LookAt = job.Turn.Next(now - job.Sent);
            order.Enqueue((job, ++job.Plan), (job.Sent + job.LookAt, job.Number));
        }
    }

    private sealed class Job(int number, double sent, double takes, Waiting.Turn turn)
    {
        public int Number => number;

        public double Sent => sent;

        public double Takes => takes;

        public Waiting.Turn Turn => turn;

        public double LookAt { get; set; }

        public int Plan { get; set; }
    }
}
