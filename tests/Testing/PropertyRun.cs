using System.Globalization;
using FsCheck;

namespace GmiKlingFlow.Testing;

/// <summary>
/// What every property test runs with: the same random values each time, so that what passed passes again. <c>GKFLOW_PROPERTY_SEED</c>
/// chooses others (tests/README.md). A failure names its seed.
/// </summary>
public static class PropertyRun
{
    private const string Variable = "GKFLOW_PROPERTY_SEED";

    /// <summary>What FsCheck's generator steps by; odd, with ones and zeros well mixed.</summary>
    private const ulong Step = 0x9E37_79B9_7F4A_7C15;

    public static Config Config { get; } = Of(Environment.GetEnvironmentVariable(Variable));

    /// <param name="seed">A whole number; null or anything else means 1.</param>
    public static Config Of(string? seed)
    {
        var number = ulong.TryParse(seed, NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 1;
        return Config.QuickThrowOnFailure
            .WithReplay(number, Step)
            .WithName(string.Create(CultureInfo.InvariantCulture, $"{Variable}={number} "));
    }
}
