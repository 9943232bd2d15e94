namespace GmiKlingFlow.Cli.Output.Runs;

/// <summary>Jobs at work as rows of the live display: id, time, what happens. In a narrow window a long id has a row of its own, for a matrix makes ids that differ at their end.</summary>
internal static class LiveRows
{
    private const int WidestId = 32;
    private const int Narrow = 60;

    /// <param name="columns">To fill; what happens may go beyond.</param>
    public static IEnumerable<string> Of(IReadOnlyList<(string Id, string Time, string State)> jobs, int columns)
    {
        var widest = jobs.Select(static job => Printable.Width(Printable.Line(job.Id))).DefaultIfEmpty(0).Max();
        var ids = Math.Min(widest, Math.Min(WidestId, columns / 3));
        var times = jobs.Select(static job => job.Time.Length).DefaultIfEmpty(0).Max();
        return columns < Narrow && widest > ids
            ? jobs.SelectMany(job => new[] { Printable.CutInside(Printable.Line(job.Id), columns), $"  {job.Time.PadLeft(times)}  {job.State}" })
            : jobs.Select(job => $"{Padded(job.Id, ids)}  {job.Time.PadLeft(times)}  {job.State}");
    }

    private static string Padded(string id, int columns)
    {
        var cut = Printable.CutInside(Printable.Line(id), columns);
        return cut + new string(' ', Math.Max(0, columns - Printable.Width(cut)));
    }
}
