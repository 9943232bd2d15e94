using FsCheck;
using FsCheck.Fluent;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Choosing;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Planning.Choosing;

public sealed class FaceDifferencesTests
{
    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(100, -100, true)]
    [InlineData(-100, 100, true)]
    [InlineData(101, 0, false)]
    [InlineData(0, -101, false)]
    public void AreSame_TimesThatMoved_WithinAHundredMilliseconds(int start, int end, bool same) =>
        Assert.Equal(same, FaceDifferences.AreSame([GivenFlow.Found("0", 1000, 6000)], [GivenFlow.Found("0", 1000 + start, 6000 + end)]));

    [Fact]
    public void AreSame_OtherOrder_DoesNotCount()
    {
        Face[] faces = [GivenFlow.Found("0", 0, 3000), GivenFlow.Found("1", 3000, 6000)];

        Assert.True(FaceDifferences.AreSame(faces, [.. faces.Reverse()]));
    }

    [Fact]
    public void AreSame_SameTimesUnderOtherIds_IsAnotherPersonUntilSomebodyLooked()
    {
        Face[] locked = [GivenFlow.Found("0", 0, 3000), GivenFlow.Found("1", 3000, 6000)];
        Face[] found = [GivenFlow.Found("1", 0, 3000), GivenFlow.Found("0", 3000, 6000)];

        Assert.False(FaceDifferences.AreSame(locked, found));
        Assert.EndsWith("\nThe times are the same, under other ids.", FaceDifferences.Table(locked, found), StringComparison.Ordinal);
    }

    [Fact]
    public void Table_EveryKindOfDifference_IsShown() => Assert.Equal(
        """
        Faces locked, and found now:
          id   locked        found
          "0"  0-3000 ms     40-2950 ms    same
          "1"  3000-6000 ms  3000-5000 ms  moved
          "2"  5000-6000 ms  -             gone
          "7"  -             100-900 ms    new
        """.ReplaceLineEndings("\n"),
        FaceDifferences.Table(
            [GivenFlow.Found("0", 0, 3000), GivenFlow.Found("1", 3000, 6000), GivenFlow.Found("2", 5000, 6000)],
            [GivenFlow.Found("7", 100, 900), GivenFlow.Found("1", 3000, 5000), GivenFlow.Found("0", 40, 2950)]));

    [Fact]
    public void Table_VeryManyFaces_ShowsTheDifferencesFirst()
    {
        var locked = Enumerable.Range(0, 200).Select(i => GivenFlow.Found($"{i}", 0, 3000)).ToList();

        var table = FaceDifferences.Table(locked, [.. locked.Skip(1)]);

        Assert.Contains("\"0\"  0-3000 ms  -      gone", table, StringComparison.Ordinal);
        Assert.EndsWith("and 199 more", table, StringComparison.Ordinal);
    }

    [Fact]
    public void Table_NoFaceAnywhere_SaysSo() => Assert.Equal("No face was found, as locked.", FaceDifferences.Table([], []));

    [Fact]
    public void AreSame_AnyFaces_AgreeWithThePlainReading() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<(byte Start, byte Length, sbyte MoveStart, sbyte MoveEnd)[]>(),
            rows =>
            {
                Face[] locked = [.. rows.Select((r, i) => GivenFlow.Found($"{i}", 1000 + (r.Start * 20), 1000 + ((r.Start + r.Length) * 20)))];
                Face[] found = [.. rows.Select((r, i) => GivenFlow.Found($"{i}", 1000 + (r.Start * 20) + (r.MoveStart * 2), 1000 + ((r.Start + r.Length) * 20) + (r.MoveEnd * 2)))];
                var close = rows.All(r => Math.Abs(r.MoveStart * 2) <= 100 && Math.Abs(r.MoveEnd * 2) <= 100);
                return FaceDifferences.AreSame(locked, found) == close && FaceDifferences.AreSame(found, locked) == close
                    && (rows.Length == 0 || !FaceDifferences.AreSame(locked, [.. found.Skip(1)]));
            }).Check(PropertyRun.Config);
}
