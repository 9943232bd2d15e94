using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Diagnostics;

public sealed class WarningSwitchesTests
{
    private static readonly Diagnostic Warning = new("GKF4305", Severity.Warning, "x", null);

    private static readonly Diagnostic Error = new("GKF4124", Severity.Error, "x", null);

    [Fact]
    public void Codes_AllCatalogues_AreThoseThatWarn()
    {
        var catalogues = typeof(WarningSwitches).Assembly.GetTypes().Where(type => type is { IsAbstract: true, IsSealed: true } && type.Name.EndsWith("Diagnostics", StringComparison.Ordinal)).ToList();
        Assert.True(catalogues.Count >= 9, "Not all catalogues were found.");

        // GKF4109 is an error or a warning, as the service is.
        Assert.Equal(string.Join(' ', catalogues.SelectMany(CatalogueAssert.CodesThatWarn).Append("GKF4109").Order(StringComparer.Ordinal)), string.Join(' ', WarningSwitches.Codes));
    }

    [Fact]
    public void Bag_WarningSwitchedOff_IsNotTold()
    {
        var bag = new DiagnosticBag(new WarningSwitches(new HashSet<string> { "GKF4305" }, AreErrors: true));
        bag.Add(Warning);
        Assert.Empty(bag);
        Assert.False(bag.HasErrors);
    }

    [Fact]
    public void Bag_WarningsAsErrors_CountsThemAsErrors()
    {
        var bag = new DiagnosticBag(new WarningSwitches(new HashSet<string>(), AreErrors: true));
        bag.Add(Warning);
        Assert.Equal(Severity.Error, Assert.Single(bag).Severity);
        Assert.True(bag.HasErrors);
    }

    [Fact]
    public void Bag_ErrorThatIsSwitchedOff_IsToldAllTheSame()
    {
        var bag = new DiagnosticBag(new WarningSwitches(new HashSet<string> { "GKF4124" }, AreErrors: false));
        bag.Add(Error);
        Assert.Equal(Error, Assert.Single(bag));
    }
}
