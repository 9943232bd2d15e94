using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Choosing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Planning.Choosing;

public sealed class FaceMatcherTests
{
    private static readonly Face Anna = GivenFlow.Found("0", 0, 4000);
    private static readonly Face Ben = GivenFlow.Found("1", 3000, 6960);
    private static readonly FaceName ById = GivenFlow.Face("ben", new FaceSelector.ById("1"));

    [Fact]
    public void Match_OtherIds_FindsTheIntervalAgain() =>
        Assert.Equal("7", Match(ById, Ben, [GivenFlow.Found("9", 0, 4000), GivenFlow.Found("7", 3000, 6960)]));

    [Theory]
    [InlineData(3100, 6860, "7")]
    [InlineData(2900, 7060, "7")]
    [InlineData(3101, 6960, "GKF4218")]
    [InlineData(3000, 6859, "GKF4218")]
    public void Match_IntervalShifted_IsTheSameUpToTheTolerance(long start, long end, string expected) =>
        Assert.Equal(expected, Match(ById, Ben, [GivenFlow.Found("7", start, end)]));

    [Fact]
    public void Match_SwappedIds_FollowsTheInterval() =>
        Assert.Equal("0", Match(ById, Ben, [GivenFlow.Found("1", 0, 4000), GivenFlow.Found("0", 3000, 6960)]));

    [Fact]
    public void Match_NoFaceLeft_IsLost() => Assert.Equal("GKF4218", Match(ById, Ben, []));

    [Fact]
    public void Match_TwinsWithTheirIds_AreToldApartByThem() =>
        Assert.Equal("1", Match(ById, Twin("1"), [Twin("1"), GivenFlow.Found("0", 0, 6930)], [Twin("0"), Twin("1")]));

    [Theory]
    [InlineData("2", "3")]
    [InlineData("1", "2")]
    public void Match_TwinsWithOtherIds_IsAmbiguous(string first, string second) =>
        Assert.Equal("GKF4219", Match(ById, Twin("1"), [Twin(first), Twin(second)], [Twin("0"), Twin("1")]));

    [Fact]
    public void Match_OneOfTwinsIsGone_IsAmbiguous() =>
        Assert.Equal("GKF4219", Match(ById, Twin("1"), [Twin("1")], [Twin("0"), Twin("1")]));

    [Fact]
    public void Match_OneFaceBecameTwo_IsAmbiguous() =>
        Assert.Equal("GKF4219", Match(ById, Ben, [GivenFlow.Found("1", 3000, 6960), GivenFlow.Found("2", 3000, 6960)]));

    [Fact]
    public void Match_MomentOfOneFace_IsAskedAgainWhateverTheInterval() =>
        Assert.Equal("7", Match(GivenFlow.Face("ben", new FaceSelector.At(TimeSpan.FromSeconds(5))), Ben, [GivenFlow.Found("9", 0, 4000), GivenFlow.Found("7", 4000, 5500)]));

    [Fact]
    public void Match_MomentThatNowShowsAnother_IsNotBelieved() =>
        Assert.Equal("GKF4218", Match(GivenFlow.Face("ben", new FaceSelector.At(TimeSpan.FromSeconds(4.05))), Ben, [GivenFlow.Found("9", 0, 4090)]));

    [Fact]
    public void Match_MomentThatNowShowsTwo_FallsBackOnTheInterval() =>
        Assert.Equal("7", Match(GivenFlow.Face("ben", new FaceSelector.At(TimeSpan.FromSeconds(4.05))), Ben, [GivenFlow.Found("9", 0, 4090), GivenFlow.Found("7", 3000, 6960)]));

    [Fact]
    public void Match_PlaceInTheList_IsNotCountedAnew() =>
        Assert.Equal("7", Match(GivenFlow.Face("ben", new FaceSelector.ByIndex(1)), Ben, [GivenFlow.Found("7", 3000, 6960), GivenFlow.Found("9", 3050, 3900), GivenFlow.Found("8", 0, 4000)]));

    private static Face Twin(string id) => GivenFlow.Found(id, 0, 6960);

    private static string Match(FaceName name, Face face, IReadOnlyList<Face> found, IReadOnlyList<Face>? source = null) =>
        FaceMatcher.Match(name, face, source ?? [Anna, Ben], found) switch
        {
            FaceChoice.Chosen chosen => chosen.Face.Id,
            FaceChoice.Refused refused => refused.Problem.Code,
            var other => other.ToString(),
        };
}
