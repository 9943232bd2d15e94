namespace GmiKlingFlow.Runtime.Execution.Polling;

/// <summary>
/// Looks while nothing at all is known of a model: each a fixed factor after the one before, for jobs of seconds as for jobs of minutes. Requests that are
/// under way together take turns, so that each is looked at seldom and one of them often; what the first one tells, all go by at once.
/// </summary>
internal static class FirstLooks
{
    private const double AloneFactor = 1.4;
    private const double TurnFactor = 1.1;
    private const int MostTurns = 8;
    private const double EarliestSeconds = 1.5;

    // While others take longer than this already, a new one is not done much sooner.
    private const double SoonestShare = 0.4;

    /// <param name="number">The request's own, from 0.</param>
    /// <param name="unfinished">Seconds since its submission at its last look; 0 before the first.</param>
    /// <param name="underWay">Requests of the model that are waited for now, itself among them.</param>
    /// <param name="longestUnfinished">Seconds after which another was still unfinished.</param>
    /// <returns>Seconds since its submission.</returns>
    public static double After(long number, double unfinished, int underWay, double longestUnfinished, double shortest, double longest)
    {
        var turns = Math.Clamp(underWay, 1, MostTurns);
        var factor = Math.Max(AloneFactor, Math.Pow(TurnFactor, turns));
        var start = Math.Max(EarliestSeconds, shortest) * Math.Pow(factor, number % turns / (double)turns);
        if (unfinished <= 0)
        {
            var known = longestUnfinished * SoonestShare;
            return Math.Min(longest, start >= known ? start : start * Math.Pow(factor, Math.Ceiling(Math.Log(known / start) / Math.Log(factor))));
        }

        var passed = unfinished < start ? 0 : Math.Floor(Math.Log(unfinished / start) / Math.Log(factor) + 1e-6) + 1;
        var next = start * Math.Pow(factor, passed);

        // Others may have moved its turns: never two looks of its own close together.
        next = next < unfinished * (1 + ((factor - 1) / 2)) ? next * factor : next;
        return Math.Clamp(next, unfinished + shortest, unfinished + longest);
    }
}
