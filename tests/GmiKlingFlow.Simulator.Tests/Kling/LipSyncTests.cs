using System.Text.Json.Nodes;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Simulator.Tests.Kling;

public sealed class LipSyncTests(SampleMedia media)
{
    [Theory]
    [InlineData(false, "0 0-3000, 1 2500-6000")]
    [InlineData(true, "2 2500-6000, 3 0-3000")]
    public async Task Identify_OfAResult_FindsTheFacesOfItsSource(bool newIds, string expected)
    {
        await using var client = await Client.StartAsync(media, options => options with { NewFaceIdsInResults = newIds });
        var sync = await client.SyncAsync(await client.SessionAsync("pair.mp4"), client.Entry());
        var result = sync.GetProperty("outcome").GetProperty("media_urls")[0].GetProperty("url").GetString() ?? "";

        var data = (await client.IdentifyAsync(result)).GetProperty("outcome").GetProperty("data");

        Assert.Equal(expected, string.Join(", ", data.GetProperty("face_data").EnumerateArray().Select(face =>
            $"{face.GetProperty("face_id").GetString()} {face.GetProperty("start_time").GetInt64()}-{face.GetProperty("end_time").GetInt64()}")));
    }

    [Theory]
    [InlineData(false, "success")]
    [InlineData(true, "failed")]
    public async Task Sync_SeveralPeople_AreTakenUnlessAskedFor(bool onePerson, string status)
    {
        await using var client = await Client.StartAsync(media, options => options with { OnePersonPerRequest = onePerson });
        var record = await client.SyncAsync(await client.SessionAsync("pair.mp4"), client.Entry(), client.Entry(face: "1", insert: 3000));

        Assert.Equal(status, record.GetProperty("status").GetString());
        Assert.Equal(onePerson, onePerson && Client.Error(record).Contains("only one person", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sound_end_time", 3150, "is after the end of")]
    [InlineData("sound_end_time", 1999, "less than the 2000 ms needed")]
    [InlineData("sound_start_time", -1, "before the start of the audio")]
    [InlineData("sound_insert_time", -1, "before the start of the video")]
    [InlineData("sound_insert_time", 4100, "ends at 7050 ms, after")]
    [InlineData("sound_insert_time", long.MaxValue, "after")]
    [InlineData("sound_volume", 3, "is not a volume")]
    [InlineData("original_audio_volume", -1, "is not a volume")]
    [InlineData("sound_end_time", "2950", "is not a whole number of milliseconds")]
    [InlineData("sound_insert_time", 0.5, "is not a whole number of milliseconds")]
    [InlineData("sound_volume", "1", "is not a number")]
    [InlineData("face_id", 0, "is not text, which")]
    [InlineData("face_id", "4", "is not a face of")]
    [InlineData("sound_file", "data:audio/wav;base64,AAAA", "bare Base64")]
    [InlineData("sound_file", "not base64!", "is not Base64")]
    [InlineData("audio_id", "77", "Give exactly one")]
    public async Task Sync_EntryThatKlingRefuses_FailsAndSaysWhere(string member, object value, string reason)
    {
        await using var client = await Client.StartAsync(media);
        var entry = client.Entry();
        entry[member] = JsonValue.Create(value);
        var record = await client.SyncAsync(await client.SessionAsync("host.mp4"), entry);
        Assert.Equal("failed", record.GetProperty("status").GetString());
        var error = Client.Error(record);
        Assert.StartsWith("API request failed with status 400: {\"code\":1201,", error, StringComparison.Ordinal);
        Assert.Contains("face_choose[0]", error, StringComparison.Ordinal);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("face_id")]
    [InlineData("sound_file")]
    [InlineData("sound_start_time")]
    [InlineData("sound_end_time")]
    [InlineData("sound_insert_time")]
    public async Task Sync_RequiredMemberMissing_Fails(string member)
    {
        await using var client = await Client.StartAsync(media);
        var entry = client.Entry();
        entry.Remove(member);
        Assert.Contains(member, Client.Error(await client.SyncAsync(await client.SessionAsync("host.mp4"), entry)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("short.wav", 1500, "lasts 1500 ms, less than the 2000 ms needed")]
    [InlineData("host.mp4", 2500, "is mp4. Use audio in")]
    [InlineData("notes.txt", 2500, "is not audio")]
    [InlineData("none.wav", 2500, "answers 404")]
    public async Task Sync_AudioThatKlingRefuses_Fails(string audio, int end, string reason)
    {
        await using var client = await Client.StartAsync(media);
        Assert.Contains(reason, Client.Error(await client.SyncAsync(await client.SessionAsync("host.mp4"), client.Entry(audio, end: end))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_NoEntries_Fails()
    {
        await using var client = await Client.StartAsync(media);
        Assert.Contains("no face entry", Client.Error(await client.SyncAsync(await client.SessionAsync("host.mp4"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_EntryThatIsNoObject_Fails()
    {
        await using var client = await Client.StartAsync(media);
        using var response = await client.PostAsync("/requests", $"{{\"model\":\"kling-lip-sync\",\"payload\":{{\"session_id\":\"{await client.SessionAsync("host.mp4")}\",\"face_choose\":[7]}}}}");
        var final = await client.FinalAsync((await Client.JsonAsync(response)).GetProperty("request_id").GetString() ?? "");
        Assert.Contains("face_choose[0].face_id: ", Client.Error(final), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_OverlapWithTheFaceTooShort_Fails()
    {
        await using var client = await Client.StartAsync(media);
        var error = Client.Error(await client.SyncAsync(await client.SessionAsync("pair.mp4"), client.Entry(face: "1", insert: 1000)));
        Assert.Contains("share 1450 ms", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_SeveralEntries_AreTakenTogether()
    {
        await using var client = await Client.StartAsync(media);
        var record = await client.SyncAsync(await client.SessionAsync("pair.mp4"), client.Entry(face: "0"), client.Entry("voice.mp3", face: "1", end: 3000, insert: 2600));
        Assert.Equal("success", record.GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("voice.wav")]
    [InlineData("voice.mp3")]
    public async Task Sync_BareBase64_IsTaken(string audio)
    {
        await using var client = await Client.StartAsync(media);
        var entry = client.Entry();
        entry["sound_file"] = Convert.ToBase64String(await File.ReadAllBytesAsync(media.PathOf(audio), TestContext.Current.CancellationToken));
        Assert.Equal("success", (await client.SyncAsync(await client.SessionAsync("host.mp4"), entry)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Sync_Base64OfMoreThanFiveMegabytes_Fails()
    {
        await using var client = await Client.StartAsync(media);
        var entry = client.Entry();
        entry["sound_file"] = Convert.ToBase64String(new byte[5_000_001]);
        Assert.Contains("5000001 bytes", Client.Error(await client.SyncAsync(await client.SessionAsync("host.mp4"), entry)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_UnknownSession_Fails()
    {
        await using var client = await Client.StartAsync(media);
        Assert.Contains("\\\"123\\\" does not exist", Client.Error(await client.SyncAsync("123", client.Entry())), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(24, "success")]
    [InlineData(24.01, "failed")]
    public async Task Sync_SessionOfADay_IsGoodForThatDay(double hours, string status)
    {
        var time = new ManualTimeProvider();
        await using var client = await Client.StartAsync(
            media, o => o with { IdentifyTime = TimeSpan.Zero, QueueTime = TimeSpan.Zero, ProcessingTime = TimeSpan.Zero }, time);
        var session = await client.SessionAsync("host.mp4");
        time.Advance(TimeSpan.FromHours(hours));
        var record = await client.SyncAsync(session, client.Entry());
        Assert.Equal(status, record.GetProperty("status").GetString());
        if (status == "failed")
        {
            Assert.Contains("has expired after 24 hours", Client.Error(record), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Sync_AudioOfAnotherHost_IsFoundByTheTailOfItsPath()
    {
        await using var client = await Client.StartAsync(media);
        var record = await client.SyncAsync(await client.SessionAsync("host.mp4"), client.Entry("https://cdn.example.com/x/a/b/deep.wav"));
        Assert.Equal("success", record.GetProperty("status").GetString());
    }
}
