namespace GmiKlingFlow.Runtime.Execution.Polling;

/// <summary>The normal distribution, read from a table: it is asked for thousands of times at each plan.</summary>
internal static class NormalCurve
{
    /// <summary>Beyond so many standard deviations there is nothing.</summary>
    public const double Reach = 4;

    private const int StepsEach = 100;

    // What LogAbove still gives where nothing is left: one in so many is no part of the distribution.
    private const double Least = 0.002;

    private static readonly double[] Shares = Table(static share => share);
    private static readonly double[] Logarithms = Table(static share => Math.Log(1 - share + Least));

    /// <summary>The share of it below so many standard deviations from its middle.</summary>
    public static double Below(double deviations) => Read(Shares, deviations);

    /// <summary>The logarithm of the share above.</summary>
    public static double LogAbove(double deviations) => Read(Logarithms, deviations);

    private static double Read(double[] table, double deviations)
    {
        var place = (Math.Clamp(deviations, -Reach, Reach) + Reach) * StepsEach;
        var step = (int)place;
        return table[step] + ((table[step + 1] - table[step]) * (place - step));
    }

    private static double[] Table(Func<double, double> of)
    {
        var table = new double[(int)(2 * Reach * StepsEach) + 2];
        for (var i = 0; i < table.Length; i++)
        {
            table[i] = of(Exact((i / (double)StepsEach) - Reach));
        }

        return table;
    }

    // Abramowitz and Stegun 26.2.17, to 1e-7.
    private static double Exact(double deviations)
    {
        var t = 1 / (1 + (0.2316419 * Math.Abs(deviations)));
        var above = Math.Exp(-deviations * deviations / 2) / Math.Sqrt(2 * Math.PI)
            * t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return deviations < 0 ? above : 1 - above;
    }
}
