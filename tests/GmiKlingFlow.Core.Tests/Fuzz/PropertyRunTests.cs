using FsCheck;
using FsCheck.Fluent;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Fuzz;

public sealed class PropertyRunTests
{
    [Fact]
    public void Of_NoSeed_GivesTheSameValuesEachTime() => Assert.Equal(Values(null), Values(null));

    [Fact]
    public void Of_AnotherSeed_GivesOtherValues() => Assert.NotEqual(Values("1"), Values("2"));

    [Theory]
    [InlineData(null, "GKFLOW_PROPERTY_SEED=1 ")]
    [InlineData("77", "GKFLOW_PROPERTY_SEED=77 ")]
    public void Of_AFailure_NamesTheSeed(string? seed, string said) =>
        Assert.Contains(said, Assert.ThrowsAny<Exception>(() => Check.One(PropertyRun.Of(seed), Prop.ForAll<int>(static _ => false))).Message, StringComparison.Ordinal);

    [Fact]
    public void EveryPropertyTest_RunsWithIt()
    {
        // Put together here, so that this file does not name them.
        string[] seededByTheClock = [$"{nameof(Config)}.Quick", $"{nameof(Config)}.Verbose", $"{nameof(Config)}.Default", $"{nameof(Check)}.Quick", $"{nameof(Check)}.Verbose", ".Quick" + nameof(Check), ".Verbose" + nameof(Check), ".Sam" + "ple("];
        var tests = Path.Combine(RepositoryFolder.Root, "tests");
        var others = Directory.EnumerateFiles(tests, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith("PropertyRun.cs", StringComparison.Ordinal) && !Path.GetRelativePath(tests, file).Split(Path.DirectorySeparatorChar).Any(static part => part is "obj" or "bin"))
            .Where(file => File.ReadAllText(file) is var text && seededByTheClock.Any(word => text.Contains(word, StringComparison.Ordinal)));
        Assert.Empty(others);
    }

    private static List<int> Values(string? seed)
    {
        var values = new List<int>();
        Check.One(PropertyRun.Of(seed), Prop.ForAll<int>(values.Add));
        return values;
    }
}
