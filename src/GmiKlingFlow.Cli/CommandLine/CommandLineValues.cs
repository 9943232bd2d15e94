using System.Globalization;
using GmiKlingFlow.Core.Manifests;

namespace GmiKlingFlow.Cli.CommandLine;

/// <summary>Reads the values of options, the same way on every machine.</summary>
internal static class CommandLineValues
{
    public static int? Count(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    public static decimal? Money(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var money) && money <= 1_000_000_000m ? money : null;

    /// <returns>Name and value of <c>name=value</c>; null where there is no name.</returns>
    public static VarOverride? NameAndValue(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 ? new(text[..equals], text[(equals + 1)..]) : null;
    }
}
