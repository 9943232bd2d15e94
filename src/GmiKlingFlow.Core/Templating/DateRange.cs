namespace GmiKlingFlow.Core.Templating;

/// <summary>Dates that stay between the years 1 and 9999.</summary>
internal static class DateRange
{
    /// <returns>Null when the result is out of range.</returns>
    public static DateTime? Add(DateTime moment, double ticks)
    {
        var result = moment.Ticks + ticks;
        return result >= DateTime.MinValue.Ticks && result <= DateTime.MaxValue.Ticks && double.IsFinite(ticks)
            ? new DateTime(Math.Min(moment.Ticks + (long)ticks, DateTime.MaxValue.Ticks), moment.Kind)
            : null;
    }
}
