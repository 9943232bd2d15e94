namespace GmiKlingFlow.Runtime.Execution.Polling;

/// <summary>Time since a submission in steps of 2 %, from a fifth of a second to six hours: as fine for jobs of seconds as for jobs of minutes.</summary>
internal static class TimeGrid
{
    public const int Steps = 586;

    private const double FirstSeconds = 0.2;
    private static readonly double LogRatio = Math.Log(1.02);

    /// <summary>Where each step begins, in seconds, and where the last one ends.</summary>
    private static readonly double[] AllEdges = [.. Enumerable.Range(0, Steps + 1).Select(static k => FirstSeconds * Math.Exp(LogRatio * k))];

    public static ReadOnlySpan<double> Edges => AllEdges;

    /// <summary>How many steps a factor of e has.</summary>
    public static double StepsOf(double logarithm) => logarithm / LogRatio;

    /// <returns>The place of a moment on the grid, between 0 and <see cref="Steps"/>.</returns>
    public static double PlaceOf(double seconds) =>
        seconds <= FirstSeconds ? 0 : Math.Min(Steps, Math.Log(seconds / FirstSeconds) / LogRatio);
}
