using System.Text.RegularExpressions;
using GmiKlingFlow.Runtime.State;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.State;

public sealed class StepTransitionsPageTests
{
    [Fact]
    public void ArchitecturePage_TableOfStates_IsTheCodes()
    {
        var page = File.ReadAllText(RepositoryFolder.Combine("src", "README.md")).ReplaceLineEndings("\n");
        var told = new SortedSet<string>(StringComparer.Ordinal);
        foreach (Match row in Regex.Matches(page, @"^\| ([a-z, ]+) \| (.+) \|$", RegexOptions.Multiline))
        {
            var targets = Regex.Replace(row.Groups[2].Value, @"\([^)]*\)", "").Split('·', StringSplitOptions.TrimEntries).Where(t => StepTransitions.Parse(t) is not null);
            foreach (var from in row.Groups[1].Value.Split(", ").Where(f => StepTransitions.Parse(f) is not null))
            {
                told.UnionWith(targets.Select(to => $"{from} -> {to}"));
            }
        }

        var coded = from a in Enum.GetValues<StepState>()
                    from b in Enum.GetValues<StepState>()
                    where StepTransitions.Allows(a, b)
                    select $"{StepTransitions.Word(a)} -> {StepTransitions.Word(b)}";
        Assert.Equal(coded.Order(StringComparer.Ordinal), told);
    }
}
