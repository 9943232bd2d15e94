namespace GmiKlingFlow.Runtime.State;

/// <summary>How long a request took, as far as anyone knows: it was not done yet at one look and was at the next, or the service's own clock says it better.</summary>
/// <param name="Low">Seconds since the submission; above zero.</param>
/// <param name="High">Seconds since the submission; at least <paramref name="Low"/>.</param>
internal readonly record struct DurationSample(double Low, double High)
{
    // What took longer before anyone looked is told by its looks alone: this much earlier it may have been done.
    private const double EarliestShare = 0.5;

    /// <param name="unfinished">Seconds at the last look that found it unfinished; 0 when none did.</param>
    /// <param name="finished">Seconds at the look that found it done.</param>
    /// <param name="told">What the service's own times say it took; null when they don't tell.</param>
    /// <param name="isWhole">True when those are whole seconds, and the difference of two may be a second off either way.</param>
    public static DurationSample Of(double unfinished, double finished, double? told, bool isWhole)
    {
        finished = Math.Max(finished, 0.01);
        var (low, high) = (Math.Clamp(unfinished, 0.005, finished), finished);
        if (told is { } seconds)
        {
            var slack = isWhole ? 1 : 0.1;
            var (earliest, latest) = (Math.Max(low, seconds - slack), Math.Min(high, seconds + slack));
            if (seconds > 0 && earliest <= latest)
            {
                return new(earliest, latest);
            }
        }

        return new(Math.Max(low, finished * EarliestShare), high);
    }
}
