using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Choosing;
using GmiKlingFlow.Core.Timing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Planning.Choosing;

public sealed class FaceChooserTests
{
    // Anna leaves and comes back as "2"; Ben is "1".
    private static readonly IReadOnlyList<Face> Faces =
    [
        GivenFlow.Found("2", 8000, 12000),
        GivenFlow.Found("0", 0, 5000),
        GivenFlow.Found("1", 3000, 9000),
    ];

    [Fact]
    public void Choose_Id_TakesExactlyThatFace() => Chooses("1", new FaceSelector.ById("1"));

    [Fact]
    public void Choose_UnknownId_ListsTheFaces()
    {
        var problem = Refuses("GKF6002", new FaceSelector.ById("7"));

        Assert.Equal(
            """
            Faces found:
              index  id   start_time  end_time   length
                  0  "0"        0 ms   5000 ms  5000 ms
                  1  "1"     3000 ms   9000 ms  6000 ms
                  2  "2"     8000 ms  12000 ms  4000 ms
            """.ReplaceLineEndings("\n"),
            problem.Hint);
    }

    [Fact]
    public void Choose_Only_TakesTheOneFace() =>
        Assert.Equal("0", Chosen(GivenFlow.Face(new FaceSelector.Only()), [Faces[1]], null));

    [Fact]
    public void Choose_OnlyAmongSeveral_IsRefused() => Refuses("GKF6003", new FaceSelector.Only());

    [Theory]
    [InlineData(0, "0")]
    [InlineData(2999, "0")]
    [InlineData(5000, "1")]
    [InlineData(11999, "2")]
    public void Choose_At_TakesTheFaceSeenThen(long moment, string id) => Chooses(id, new FaceSelector.At(TimeSpan.FromMilliseconds(moment)));

    [Fact]
    public void Choose_AtWithTwoFaces_NamesBoth() => Assert.Equal(
        "\"at: 4000ms\" matches 2 faces (\"0\", \"1\"). Choose one by \"id\".",
        Refuses("GKF6006", new FaceSelector.At(TimeSpan.FromSeconds(4))).Message);

    [Fact]
    public void Choose_AtTheEndOfTheLastFace_MatchesNone() => Refuses("GKF6005", new FaceSelector.At(TimeSpan.FromSeconds(12)));

    [Fact]
    public void Choose_Longest_TakesTheLongestInterval() => Chooses("1", new FaceSelector.Longest());

    [Fact]
    public void Choose_LongestWithATie_IsRefused() => Assert.Equal("GKF6006", RefusedBy(
        GivenFlow.Face(new FaceSelector.Longest()), [GivenFlow.Found("0", 0, 4000), GivenFlow.Found("1", 1000, 5000)], null));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1, "1")]
    [InlineData(2, "2")]
    public void Choose_Index_CountsByStartTime(int index, string id) => Chooses(id, new FaceSelector.ByIndex(index));

    [Fact]
    public void Choose_IndexWithEqualStarts_CountsIdsAsNumbers() => Assert.Equal("2", Chosen(
        GivenFlow.Face(new FaceSelector.ByIndex(0)), [GivenFlow.Found("10", 0, 4000), GivenFlow.Found("2", 0, 4000)], null));

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    public void Choose_IndexBeyondTheFaces_IsRefused(int index) => Refuses("GKF6004", new FaceSelector.ByIndex(index));

    [Fact]
    public void Choose_Overlaps_TakesTheLargestOverlap() => Chooses("1", new FaceSelector.Overlaps(GivenFlow.Range(4000, 8500)));

    [Fact]
    public void Choose_OverlapsNothing_IsRefused() => Refuses("GKF6005", new FaceSelector.Overlaps(GivenFlow.Range(12000, 15000)));

    [Fact]
    public void Choose_NoFaces_SaysSo() => Assert.Equal("GKF6001", RefusedBy(GivenFlow.Face(new FaceSelector.ById("0")), [], null));

    [Theory]
    [InlineData(1000, 4000, "0")]
    [InlineData(9000, 11000, "2")]
    [InlineData(4500, 9500, "2")]
    public void Choose_SeveralSelectors_TakesTheFaceThatFitsTheClip(long start, long end, string id) =>
        Assert.Equal(id, Chosen(GivenFlow.Face(new FaceSelector.ById("0"), new FaceSelector.ById("2")), Faces, GivenFlow.Range(start, end)));

    [Fact]
    public void Choose_SeveralSelectorsForOneFace_NeedNoClip() =>
        Assert.Equal("0", Chosen(GivenFlow.Face(new FaceSelector.ById("0"), new FaceSelector.At(TimeSpan.FromSeconds(1))), Faces, null));

    [Theory]
    [InlineData(5000, 8000, "GKF6007")]
    [InlineData(4000, 9000, "GKF6008")]
    public void Choose_SeveralSelectorsAndNoBestFit_IsRefused(long start, long end, string code) =>
        Assert.Equal(code, RefusedBy(GivenFlow.Face(new FaceSelector.ById("0"), new FaceSelector.ById("2")), Faces, GivenFlow.Range(start, end)));

    [Fact]
    public void Choose_SeveralSelectorsWithoutAClip_IsRefused() =>
        Assert.Equal("GKF6009", RefusedBy(GivenFlow.Face(new FaceSelector.ById("0"), new FaceSelector.ById("2")), Faces, null));

    [Fact]
    public void Choose_OneOfSeveralSelectorsMatchesNothing_IsNeverPassedOver() =>
        Assert.Equal("GKF6002", RefusedBy(GivenFlow.Face(new FaceSelector.ById("0"), new FaceSelector.ById("9")), Faces, GivenFlow.Range(0, 3000)));

    private static void Chooses(string id, FaceSelector selector) => Assert.Equal(id, Chosen(GivenFlow.Face(selector), Faces, null));

    private static Core.Diagnostics.Diagnostic Refuses(string code, FaceSelector selector)
    {
        var refused = Assert.IsType<FaceChoice.Refused>(FaceChooser.Choose(GivenFlow.Face(selector), Faces, null));
        Assert.Equal(code, refused.Problem.Code);
        Assert.Equal("videos.host.faces.anna", refused.Problem.Place?.Path);
        return refused.Problem;
    }

    private static string Chosen(FaceName name, IReadOnlyList<Face> faces, TimeRange? clip) =>
        Assert.IsType<FaceChoice.Chosen>(FaceChooser.Choose(name, faces, clip)).Face.Id;

    private static string RefusedBy(FaceName name, IReadOnlyList<Face> faces, TimeRange? clip) =>
        Assert.IsType<FaceChoice.Refused>(FaceChooser.Choose(name, faces, clip)).Problem.Code;
}
