using System.Globalization;
using System.Text;
using Xunit;

namespace GmiKlingFlow.Testing;

/// <summary>
/// Throws damaged inputs at something that must take all of them. A few each time the tests run; <c>GKFLOW_FUZZ_INPUTS</c> sets how many,
/// <c>GKFLOW_FUZZ_SEED</c> which (tests/README.md). What breaks is kept in a file and named.
/// </summary>
public static class FuzzRun
{
    private const int Few = 300;

    /// <summary>What one input may cost. The largest seed has some 100 kB, and no input may be answered with a multiple of hundreds.</summary>
    private const long MostBytes = 64 * 1024 * 1024;

    public static void Of(string name, IReadOnlyList<byte[]> seeds, IReadOnlyList<string> words, Action<byte[]> take)
    {
        Assert.NotEmpty(seeds);
        var (inputs, seed) = (Number("GKFLOW_FUZZ_INPUTS") ?? Few, Number("GKFLOW_FUZZ_SEED") ?? 1);
        var mutator = new Mutator(seeds, [.. words.Select(Encoding.UTF8.GetBytes)], seed);
        var (slowest, largest, begun) = (TimeSpan.Zero, 0L, TimeProvider.System.GetTimestamp());
        for (var i = 0; i < inputs; i++)
        {
            var input = mutator.Next();
            var (allocated, start) = (GC.GetAllocatedBytesForCurrentThread(), TimeProvider.System.GetTimestamp());
            try
            {
                take(input);
            }
            catch (Exception e)
            {
                var file = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"fuzz-{name}-{seed}-{i}.bin"));
                File.WriteAllBytes(file, input);
                Assert.Fail($"{name}: input {i} of seed {seed}, kept as {file}:\n{e}");
            }

            var cost = GC.GetAllocatedBytesForCurrentThread() - allocated;
            slowest = Max(slowest, TimeProvider.System.GetElapsedTime(start));
            largest = Math.Max(largest, cost);
            Assert.True(cost < MostBytes, $"{name}: input {i} of seed {seed} took {cost:N0} bytes.");
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {inputs:N0} inputs of seed {seed} in {TimeProvider.System.GetElapsedTime(begun).TotalSeconds:0} s; slowest {slowest.TotalMilliseconds:0} ms, most memory {largest / 1024:N0} kB"));
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
