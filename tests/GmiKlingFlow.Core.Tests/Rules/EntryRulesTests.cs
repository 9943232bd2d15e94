using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Rules;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Rules;

public sealed class EntryRulesTests
{
    private static readonly KlingLimits Limits = KlingLimits.Current;

    [Fact]
    public void Check_EntryWithinAllLimits_IsAccepted() =>
        Assert.Empty(ApiRules.Check(Given.Sync(Given.Entry(sound: 2, original: 0)), Limits));

    [Fact]
    public void Check_SeveralEntries_AreAllowedTogether() =>
        Assert.Empty(ApiRules.Check(Given.Sync(Given.Entry(), Given.Entry(insert: 3000)), Limits));

    [Fact]
    public void Check_NoEntries_IsRefused() =>
        Assert.Equal(["GKF4121"], Given.Codes(ApiRules.Check(Given.Sync(), Limits)));

    [Fact]
    public void Check_SoundEndAfterTheAudio_SaysWhatFits() => Says(
        Given.Entry(end: 3200),
        "Error GKF4124: \"3200\" is after the end of \"hello.de\" (3150 ms). Use 3100 or less, or leave it out.",
        "jobs[0].faces[0].sound_end_time");

    [Fact]
    public void Check_SoundEndInTheMargin_Warns() => Says(
        Given.Entry(end: 3101),
        "Warning GKF4125: \"3101\" is very near the end of \"hello.de\" (3150 ms). Use 3100 or less, or leave it out.",
        "jobs[0].faces[0].sound_end_time");

    [Fact]
    public void Check_SoundEndInTheMarginChosenByTheTool_SaysNothing() =>
        Assert.Empty(ApiRules.Check(Given.Sync(Given.Entry(end: 3140, chosen: true)), Limits));

    [Fact]
    public void Check_SoundEndAtTheMargin_IsAccepted() =>
        Assert.Empty(ApiRules.Check(Given.Sync(Given.Entry(end: 3100)), Limits));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Check_MarginThatWouldMakeTheClipTooShort_IsNotAskedForButTold(bool chosenByTheTool) => Says(
        Given.Entry(start: 1120, end: 3130, chosen: chosenByTheTool),
        "Warning GKF4138: \"hello.de\" (3150 ms) leaves 2030 ms for the clip: no 50 ms can be kept free. Add silence at its end.",
        "jobs[0].faces[0].sound_end_time");

    [Theory]
    [InlineData(60_000, null)]
    [InlineData(60_001, "GKF4124")]
    public void Check_EndOfAudioThatIsNotMeasured_IsAtMostTheLongestThereMayBe(int end, string? code) => Assert.Equal(
        code is null ? [] : [code],
        Given.Codes(ApiRules.Check(Given.Sync(Given.Entry(start: 57_000, end: end) with { Audio = Given.Audio(null) }), Limits)));

    [Theory]
    [InlineData(57_000, null)]
    [InlineData(57_001, "GKF4128")]
    public void Check_ClipInVideoThatIsNotMeasured_EndsByTheLongestThereMayBe(int insert, string? code) => Assert.Equal(
        code is null ? [] : [code],
        Given.Codes(ApiRules.Check(Given.Sync(Given.Entry(insert: insert)) with { Video = Given.Video(null), Faces = null }, Limits)));

    [Fact]
    public void Check_EmptyFaceId_IsToldBeforeIdentify() =>
        Assert.Equal(["GKF4135"], Given.Codes(ApiRules.Check(Given.Sync(Given.Entry(face: "")) with { Faces = null }, Limits)));

    [Theory]
    [InlineData("1", false, "GKF4136")]
    [InlineData("1", true, null)]
    [InlineData("0", false, null)]
    public void Check_SecondPersonInOneRequest_IsToldUnlessMeant(string second, bool meant, string? code) => Assert.Equal(
        code is null ? [] : [code],
        Given.Codes(ApiRules.Check(Given.Sync(Given.Entry(), Given.Entry(face: second, insert: 3200)) with { Faces = null, SeveralPeopleAreMeant = meant }, Limits)));

    [Fact]
    public void Check_SessionOfYesterday_IsRefused() =>
        Assert.Equal(["GKF4134"], Given.Codes(ApiRules.Check(Given.Sync(Given.Entry()) with { SessionAge = TimeSpan.FromHours(24) }, Limits)));

    [Theory]
    [InlineData(0, 1999, "1999")]
    [InlineData(1000, 2500, "1500")]
    public void Check_ClipUnderTwoSeconds_IsRefusedOnce(int start, int end, string length) => Says(
        Given.Entry(start: start, end: end),
        $"Error GKF4126: The clip of \"hello.de\" lasts {length} ms, less than the 2000 ms needed. Start it earlier or end it later.",
        "jobs[0].faces[0].sound_end_time");

    [Fact]
    public void Check_ClipThatEndsBeforeItStarts_SaysSo() => Says(
        Given.Entry(start: 2000, end: 1000),
        "Error GKF4126: The clip of \"hello.de\" ends 1000 ms before its start, and 2000 ms are needed. Start it earlier or end it later.",
        "jobs[0].faces[0].sound_end_time");

    [Fact]
    public void Check_EndUnknownButNoEndCouldBeLateEnough_IsRefused() => Says(
        Given.Entry(start: 1200, end: null),
        "Error GKF4126: The clip of \"hello.de\" lasts 1950 ms, less than the 2000 ms needed. Start it earlier or end it later.",
        "jobs[0].faces[0].sound_start_time");

    [Fact]
    public void Check_NegativeTimes_AreEachTold() => Assert.Equal(
        ["GKF4123", "GKF4127"],
        Given.Codes(ApiRules.Check(Given.Sync(Given.Entry(start: -1, insert: -1)), Limits)));

    [Fact]
    public void Check_ClipPastTheVideo_SaysTheLatestInsertTime() => Says(
        Given.Entry(insert: 4001),
        "Error GKF4128: Inserted at \"4001\" the clip ends at 7001 ms, after \"host\" (7000 ms). Insert it at 3950 or earlier, or use a shorter clip.",
        "jobs[0].faces[0].sound_insert_time");

    [Fact]
    public void Check_ClipLongerThanTheVideo_OffersNoInsertTime()
    {
        var sync = Given.Sync(Given.Entry()) with { Video = Given.Video(Given.VideoFacts(seconds: 2.5)) };
        var told = Assert.Single(ApiRules.Check(sync, Limits));
        Assert.Equal("GKF4128", told.Code);
        Assert.EndsWith("Use a shorter clip.", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_ClipEndsInTheVideosMargin_Warns() => Says(
        Given.Entry(insert: 3951),
        "Warning GKF4129: Inserted at \"3951\" the clip ends at 6951 ms, very near the end of \"host\" (7000 ms). Insert it earlier.",
        "jobs[0].faces[0].sound_insert_time");

    [Fact]
    public void Check_EndUnknownAndInsertTooLateForAnyClip_IsRefused() =>
        Assert.Equal(["GKF4128"], Given.Codes(ApiRules.Check(Given.Sync(Given.Entry(end: null, insert: 5001)), Limits)));

    [Fact]
    public void Check_UnknownFace_ListsTheFaces()
    {
        var sync = Given.Sync(Given.Entry(face: "2")) with { Faces = [Given.Face("0", 0, 6960), Given.Face("1", 1000, 4000)] };
        Assert.Equal(
            ["Error GKF4122: \"2\" is not a face of \"host\". Use one of: \"0\" (0-6960 ms), \"1\" (1000-4000 ms)."],
            Given.Told(ApiRules.Check(sync, Limits)));
    }

    [Fact]
    public void Check_VideoWithoutFaces_SaysSo() =>
        Assert.Equal(
            ["Error GKF4122: \"0\" is not a face of \"host\". No face was found in it."],
            Given.Told(ApiRules.Check(Given.Sync(Given.Entry()) with { Faces = [] }, Limits)));

    [Fact]
    public void Check_FacesNotKnownYet_SaysNothing() =>
        Assert.Empty(ApiRules.Check(Given.Sync(Given.Entry(face: "9")) with { Faces = null }, Limits));

    [Theory]
    [InlineData(4000, 6960, 1000, 0)]
    [InlineData(4000, 6960, 2999, 1999)]
    [InlineData(0, 1999, 0, 1999)]
    public void Check_OverlapUnderTwoSeconds_IsRefused(int faceStart, int faceEnd, int insert, int shared)
    {
        var sync = Given.Sync(Given.Entry(insert: insert)) with { Faces = [Given.Face("0", faceStart, faceEnd)] };
        var told = Assert.Single(ApiRules.Check(sync, Limits));
        Assert.Equal("GKF4130", told.Code);
        Assert.Contains($"share {shared} ms", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_OverlapThatNeedsTheFacesLastMoment_Warns()
    {
        var sync = Given.Sync(Given.Entry(insert: 3000)) with { Faces = [Given.Face("0", 0, 5010)] };
        Assert.Equal(["GKF4131"], Given.Codes(ApiRules.Check(sync, Limits)));
    }

    [Fact]
    public void Check_OverlapOfExactlyTwoSecondsInside_IsAccepted()
    {
        var sync = Given.Sync(Given.Entry(insert: 3000)) with { Faces = [Given.Face("0", 0, 5050)] };
        Assert.Empty(ApiRules.Check(sync, Limits));
    }

    [Theory]
    [InlineData(2.0001, 1.0, "GKF4132")]
    [InlineData(-0.1, 1.0, "GKF4132")]
    [InlineData(double.NaN, 1.0, "GKF4132")]
    [InlineData(1.0, 80.0, "GKF4133")]
    [InlineData(1.0, double.PositiveInfinity, "GKF4133")]
    public void Check_VolumeOutOfRange_IsRefused(double sound, double original, string code) =>
        Assert.Equal([code], Given.Codes(ApiRules.Check(Given.Sync(Given.Entry(sound: sound, original: original)), Limits)));

    [Fact]
    public void Check_TimesAtTheEndsOfTheirRange_DontOverflow()
    {
        var entry = Given.Entry() with
        {
            SoundStart = Given.At(TimeSpan.MinValue, "sound_start_time"),
            SoundEnd = Given.At(TimeSpan.MaxValue, "sound_end_time"),
            SoundInsert = Given.At(TimeSpan.MaxValue, "sound_insert_time"),
        };
        Assert.Equal(["GKF4123", "GKF4124", "GKF4128", "GKF4130"], Given.Codes(ApiRules.Check(Given.Sync(entry), Limits).Where(d => d.Severity == Severity.Error)).Take(4));
    }

    private static void Says(EntrySubject entry, string message, string path)
    {
        var told = Assert.Single(ApiRules.Check(Given.Sync(entry), Limits));
        Assert.Equal([message], Given.Told([told]));
        Assert.Equal(path, told.Place?.Path);
    }
}
