using FsCheck;
using FsCheck.Fluent;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Planning.Keys;

public sealed class JobKeyTests
{
    private static readonly FaceEntry Entry = GivenFlow.Entry(GivenFlow.Face(new FaceSelector.ById("0")), insert: 100, volume: 1.5, original: 0);

    [Fact]
    public void Key_OfAKnownJob_StaysAsReleased() =>
        Assert.Equal("faces[0].audio,faces[0].face,faces[0].original_audio_volume,faces[0].sound_end_time,faces[0].sound_insert_time,faces[0].sound_start_time,faces[0].sound_volume,models,video",
            string.Join(',', Plan(GivenFlow.Job("a", null, Entry)).Key.Parts.Select(part => part.Key).Order(StringComparer.Ordinal)));

    [Fact]
    public void Key_Value_IsPinned()
    {
        // Another value here means that every job of every user is paid for again.
        Assert.Equal("dce37c6265407aff", Key(GivenFlow.Job("a", null, Entry))[..16]);
    }

    [Fact]
    public void Key_WhatPeopleChangeForPeople_ChangesNothing()
    {
        var job = GivenFlow.Job("a", null, Entry);
        var key = Key(job);

        Prop.ForAll(
            ArbMap.Default.ArbFor<(NonNull<string> Id, NonNull<string> Output, NonNull<string> Label, NonNull<string> Name)>(),
            names => key == Key(GivenFlow.Job(
                names.Id.Get,
                GivenFlow.Video(names.Name.Get, "host"),
                Entry with { Face = Entry.Face with { Name = names.Name.Get }, Sound = new(new Sound.Track(GivenFlow.Audio(names.Name.Get, "hello")), Entry.Place) }) with
            {
                Output = names.Output.Get,
                Labels = [new(names.Label.Get, names.Label.Get)],
            })).Check(PropertyRun.Config);
    }

    [Fact]
    public void Key_EachInput_ChangesIt()
    {
        var job = GivenFlow.Job("a", null, Entry);
        var keys = new List<string>
        {
            Key(job),
            Key(job with { Video = GivenFlow.Video(content: "other") }),
            Key(job with { Video = GivenFlow.RemoteVideo("https://h.example/v.mp4") }),
            Key(With(Entry with { Face = GivenFlow.Face(new FaceSelector.ById("1")) })),
            Key(With(Entry with { Face = GivenFlow.Face(new FaceSelector.Only()) })),
            Key(With(Entry with { Face = GivenFlow.Face(new FaceSelector.Longest()) })),
            Key(With(Entry with { Face = GivenFlow.Face(new FaceSelector.ByIndex(0)) })),
            Key(With(Entry with { Face = GivenFlow.Face(new FaceSelector.At(TimeSpan.FromSeconds(1))) })),
            Key(With(Entry with { Face = GivenFlow.Face(new FaceSelector.Overlaps(GivenFlow.Range(0, 1000))) })),
            Key(With(Entry with { Sound = new(new Sound.Track(GivenFlow.Audio(content: "other")), Entry.Place) })),
            Key(With(Entry with { SoundStart = GivenFlow.Ms(1, Entry.Place) })),
            Key(With(Entry with { SoundEnd = GivenFlow.Ms(2949, Entry.Place) })),
            Key(With(Entry with { SoundInsert = GivenFlow.Ms(101, Entry.Place) })),
            Key(With(Entry with { SoundVolume = new Setting<double>.Known(1.6, Entry.Place) })),
            Key(With(Entry with { OriginalAudioVolume = new Setting<double>.Known(0.1, Entry.Place) })),
            Key(With(Entry, Entry)),
        };

        Assert.Equal(keys, keys.Distinct());
    }

    [Fact]
    public void Key_TwoNumbers_AreEqualOnlyTogether() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<(NonNegativeInt Start, NonNegativeInt Insert, NonNegativeInt OtherStart, NonNegativeInt OtherInsert)>(),
            n => (Key(Times(n.Start.Get, n.Insert.Get)) == Key(Times(n.OtherStart.Get, n.OtherInsert.Get))) == ((n.Start.Get, n.Insert.Get) == (n.OtherStart.Get, n.OtherInsert.Get))).Check(PropertyRun.Config);

    [Fact]
    public void Key_LeftOutVolume_IsTheApisDefault() => Assert.Equal(
        Key(With(Entry with { SoundVolume = new Setting<double>.Known(1, Entry.Place) })),
        Key(With(Entry with { SoundVolume = null })));

    [Fact]
    public void Key_EndChosenByTheTool_IsTheSameAsWritten() =>
        Assert.Equal(Key(With(Entry)), Key(With(Entry with { SoundEnd = GivenFlow.Ms(2950, Entry.Place) })));

    [Fact]
    public void Key_NewSignatureOfTheSameUrl_ChangesNothing() => Assert.Equal(
        Key(GivenFlow.Job("a", GivenFlow.RemoteVideo("https://h.example/v.mp4?X-Amz-Signature=1"))),
        Key(GivenFlow.Job("a", GivenFlow.RemoteVideo("https://h.example/v.mp4?X-Amz-Signature=2"))));

    [Fact]
    public void Key_Base64OfAFile_IsTheFiles() => Assert.Equal(
        Key(With(Entry with { SoundEnd = GivenFlow.Ms(2500, Entry.Place) })),
        Key(With(Entry with { SoundEnd = GivenFlow.Ms(2500, Entry.Place), Sound = new(new Sound.Base64(Convert.ToBase64String("hello"u8)), Entry.Place) })));

    [Fact]
    public void Key_HowAudioTravels_ChangesNothing() => Assert.Equal(
        Key(With(Entry with { Sound = new(new Sound.Track(GivenFlow.Audio(container: MediaContainer.M4a)), Entry.Place) })),
        Key(With(Entry)));

    [Fact]
    public void Key_VerbatimMembers_CountWhateverTheirOrder()
    {
        PayloadValue.Object Written(params string[] names) => new(
        [
            new("face_id", new PayloadValue.Text("0")), new("sound_start_time", new PayloadValue.Integer(0)), new("sound_end_time", new PayloadValue.Integer(2500)),
            new("sound_insert_time", new PayloadValue.Integer(100)), .. names.Select(name => KeyValuePair.Create(name, (PayloadValue)new PayloadValue.Text("v"))),
        ]);
        var verbatim = Entry with { SoundEnd = GivenFlow.Ms(2500, Entry.Place) };

        Assert.Equal(Key(With(verbatim with { Verbatim = Written("a", "b") })), Key(With(verbatim with { Verbatim = Written("b", "a") })));
        Assert.NotEqual(Key(With(verbatim with { Verbatim = Written("a", "b") })), Key(With(verbatim with { Verbatim = Written("a") })));
        Assert.Equal(Key(With(verbatim)), Key(With(verbatim with { Verbatim = Written() })));
    }

    private static Job Times(int start, int insert) => With(Entry with { SoundStart = GivenFlow.Ms(start, Entry.Place), SoundEnd = GivenFlow.Ms(2950, Entry.Place), SoundInsert = GivenFlow.Ms(insert, Entry.Place) });

    private static Job With(params FaceEntry[] entries) => GivenFlow.Job("a", null, entries);

    private static string Key(Job job) => Plan(job).Key.Value;

    private static PlannedJob Plan(Job job) => Planner.Plan(GivenFlow.Of(job), new PlanInputs(), new DiagnosticBag()).Jobs[0];
}
