using System.Globalization;

namespace GmiKlingFlow.Core.Planning.Payloads;

/// <summary>Texts of whole numbers. A batch repeats the same few times over ten thousand jobs: those are made once.</summary>
internal static class SmallNumbers
{
    private static readonly string?[] Made = new string?[60_001];

    public static string Text(long number) =>
        number is >= 0 and <= 60_000
            ? Made[number] ??= number.ToString(CultureInfo.InvariantCulture)
            : number.ToString(CultureInfo.InvariantCulture);
}
