namespace GmiKlingFlow.Core.Rules;

/// <summary>Sums of times that anyone may have written: at the ends of the range they stay there instead of overflowing.</summary>
internal static class SaturatedTime
{
    public static TimeSpan Add(TimeSpan a, TimeSpan b)
    {
        var sum = unchecked(a.Ticks + b.Ticks);
        return Saturated(a, sum, overflows: ((a.Ticks ^ sum) & (b.Ticks ^ sum)) < 0);
    }

    public static TimeSpan Subtract(TimeSpan a, TimeSpan b)
    {
        var difference = unchecked(a.Ticks - b.Ticks);
        return Saturated(a, difference, overflows: ((a.Ticks ^ b.Ticks) & (a.Ticks ^ difference)) < 0);
    }

    // What overflows does so on the side of the first term.
    private static TimeSpan Saturated(TimeSpan first, long ticks, bool overflows) =>
        !overflows ? new TimeSpan(ticks) : first < TimeSpan.Zero ? TimeSpan.MinValue : TimeSpan.MaxValue;
}
