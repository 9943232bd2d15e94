namespace GmiKlingFlow.Runtime.Execution.Polling;

/// <summary>What nobody has seen: the further from what was, the less likely, on both sides.</summary>
internal static class UnseenDurations
{
    // The logarithm of a duration is so far away on average.
    private const double Spread = 0.7;

    /// <param name="middle">The place of what was seen on the <see cref="TimeGrid"/>.</param>
    /// <param name="share">What it sums to.</param>
    public static void Fill(Span<double> unseen, double middle, double share)
    {
        var steps = TimeGrid.StepsOf(Spread);
        var sum = 0.0;
        for (var k = 0; k < unseen.Length; k++)
        {
            unseen[k] = Math.Exp(-Math.Abs(k + 0.5 - middle) / steps);
            sum += unseen[k];
        }

        for (var k = 0; k < unseen.Length; k++)
        {
            unseen[k] *= share / sum;
        }
    }
}
