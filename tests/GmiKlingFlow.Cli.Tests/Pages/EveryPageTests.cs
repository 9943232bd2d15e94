using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Pages;

/// <summary>Each code's examples are run by a test, or the table says what shows the code instead.</summary>
public sealed class EveryPageTests
{
    public static TheoryData<string> Excused => [.. ExplanationPages.Excused.Keys];

    [Fact]
    public void Pages_All_AreRunOrExcused() =>
        Assert.DoesNotContain(Explanation.Codes, static code => ExplanationPages.RunnerOf(code) is null && !ExplanationPages.Excused.ContainsKey(code));

    [Fact]
    public void Table_EveryCode_HasAPage() =>
        Assert.Empty(ExplanationPages.Excused.Keys.Concat(ExplanationPages.RightNeedsMore.Keys).Concat(ExplanationPages.CommandCodes).Except(Explanation.Codes));

    [Theory]
    [MemberData(nameof(Excused))]
    public void Excused_Code_IsShownByTheTestThatIsNamed(string code)
    {
        var (why, shownBy) = ExplanationPages.Excused[code];
        Assert.NotEmpty(why);
        var sources = Directory.EnumerateFiles(RepositoryFolder.Combine("tests"), $"{shownBy}.cs", SearchOption.AllDirectories).Select(File.ReadAllText).ToList();
        Assert.Contains(sources, source => source.Contains(code, StringComparison.Ordinal));
    }
}
