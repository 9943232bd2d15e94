using System.Globalization;

namespace GmiKlingFlow.Core.Rules;

/// <summary>Limits as the table of rules shows them.</summary>
internal static class LimitText
{
    public static string Time(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms");

    public static string Least(TimeSpan time) => $"{Time(time)} or more";

    public static string Most(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes or less");

    public static string Range(TimeSpan least, TimeSpan most) => string.Create(CultureInfo.InvariantCulture, $"{least.TotalMilliseconds:0} to {Time(most)}");

    public static string Range(double least, double most) => string.Create(CultureInfo.InvariantCulture, $"{least} to {most}");

    public static string Session(KlingLimits limits) =>
        string.Create(CultureInfo.InvariantCulture, $"{limits.SessionLife.TotalHours:0.#} h; margin {limits.SessionMargin.TotalMinutes:0} min");

    public static string People(KlingLimits limits) => string.Create(CultureInfo.InvariantCulture, $"{limits.PeopleSure}");
}
