using FsCheck;
using FsCheck.Fluent;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Diagnostics;

public sealed class NearestNameTests
{
    private static readonly string[] Known = ["sound_start_time", "sound_end_time", "sound_volume", "face", "audio"];

    [Fact]
    public void Of_NameOfWhichEveryLetterDiffers_IsNotNear() => Assert.Null(NearestName.Of("b", ["a"]));

    [Theory]
    [InlineData("sound_strat_time", "sound_start_time")]
    [InlineData("sound_end", null)]
    [InlineData("Face", "face")]
    [InlineData("fcae", "face")]
    [InlineData("auido", "audio")]
    [InlineData("zzz", null)]
    [InlineData("", null)]
    public void Of_MistypedName_GivesTheClosestOrNothing(string given, string? expected) =>
        Assert.Equal(expected, NearestName.Of(given, Known));

    [Fact]
    public void Of_AnyNames_GivesWhatComparingEachWithAllGives() => Check.One(PropertyRun.Config, Prop.ForAll(
        Names.ToArbitrary(),
        Gen.NonEmptyListOf(Names).ToArbitrary(),
        (given, known) => Assert.Equal(Plainly(given, known), NearestName.Of(given, known))));

    [Fact]
    public void Of_FewMistypedNamesOfMany_GivesEachItsNearest()
    {
        var names = new NearestNames([.. Enumerable.Range(0, 1000).Select(Name)]);

        Assert.All(Enumerable.Range(0, 1000), i => Assert.Equal(Name(i), names.Of($"{Name(i)}x")));
    }

    [Fact]
    public void Of_VeryManyOfVeryMany_LooksAtABoundedNumber()
    {
        var names = new NearestNames([.. Enumerable.Range(0, 5000).Select(Name)]);
        var found = Enumerable.Range(0, 5000).Count(i => names.Of($"{Name(i)}x") is not null);

        Assert.Equal((200, NearestNames.MostComparisons), (found, names.Comparisons));
        Assert.Equal((Name(7), null), (names.Of($"{Name(7)}x"), names.Of($"{Name(4000)}x")));
    }

    [Fact]
    public void Of_SetThatGrew_LooksAgain()
    {
        var known = new HashSet<string> { "x" };
        var names = new NearestNames(known);
        Assert.Null(names.Of("auido"));
        known.Add("audio");

        Assert.Equal("audio", names.Of("auido"));
    }

    private static Gen<string> Names { get; } = Gen.Elements("aAbBcdé_-0".ToCharArray()).ArrayOf().Select(static letters => new string(letters));

    private static string Name(int number) => $"{number}".PadLeft(4, 'a').Replace('0', 'z');

    /// <summary>The same without any shortcut.</summary>
    private static string? Plainly(string given, IEnumerable<string> known)
    {
        var near = known.Select(name => (Name: name, Distance: Distance(given.ToLowerInvariant(), name.ToLowerInvariant())))
            .Where(each => each.Distance < given.Length && each.Distance <= Math.Max(1, given.Length / 3)).ToList();
        return near.Count == 0 ? null : near.MinBy(static each => each.Distance).Name;
    }

    private static int Distance(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                table[i, j] = i == 0 ? j : j == 0 ? i
                    : Math.Min(table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
                }
            }
        }

        return table[a.Length, b.Length];
    }
}
