using System.Globalization;

namespace GmiKlingFlow.Core.Planning.Prices;

/// <summary>US dollars as people read them.</summary>
public static class Money
{
    /// <returns>At least cents, and as many digits more as there are, up to a ten-thousandth: <c>$0.07</c>, <c>$0.077</c>.</returns>
    public static string Text(decimal usd) => usd.ToString("$0.00##", CultureInfo.InvariantCulture);
}
