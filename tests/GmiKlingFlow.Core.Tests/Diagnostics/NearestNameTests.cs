using GmiKlingFlow.Core.Diagnostics;
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
}
