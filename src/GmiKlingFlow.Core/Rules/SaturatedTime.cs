namespace GmiKlingFlow.Core.Rules;

/// <summary>Sums of times that anyone may have written: at the ends of the range they stay there instead of overflowing.</summary>
internal static class SaturatedTime
{
    public static TimeSpan Add(TimeSpan a, TimeSpan b) => Of((Int128)a.Ticks + b.Ticks);

    public static TimeSpan Subtract(TimeSpan a, TimeSpan b) => Of((Int128)a.Ticks - b.Ticks);

    private static TimeSpan Of(Int128 ticks) => new((long)Int128.Clamp(ticks, long.MinValue, long.MaxValue));
}
