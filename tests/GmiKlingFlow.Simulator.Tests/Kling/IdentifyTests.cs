using System.Net;
using System.Text.Json.Nodes;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Simulator.Tests.Kling;

public sealed class IdentifyTests(SampleMedia media)
{
    [Theory]
    [InlineData("small.mp4", "is 320x240 px")]
    [InlineData("voice.mp3", "is mp3")]
    [InlineData("notes.txt", "is not a video")]
    [InlineData("missing.mp4", "answers 404")]
    [InlineData("../host.mp4", "answers 404")]
    public async Task Identify_VideoThatKlingRefuses_FailsWithCode1201(string name, string reason)
    {
        await using var client = await Client.StartAsync(media);
        var record = await client.IdentifyAsync(client.Media("") + Uri.EscapeDataString(name));
        Assert.Equal("failed", record.GetProperty("status").GetString());
        var error = Client.Error(record);
        Assert.StartsWith("API request failed with status 400: {\"code\":1201,", error, StringComparison.Ordinal);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("clip.mp4")]
    [InlineData("ftp://127.0.0.1/clip.mp4")]
    [InlineData("file:///etc/passwd")]
    public async Task Identify_AddressThatIsNoUrl_Fails(string url)
    {
        await using var client = await Client.StartAsync(media);
        Assert.Contains("is not an http or https URL", Client.Error(await client.IdentifyAsync(url)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Identify_OpaqueRefusals_AnswersWithTheDisguised400()
    {
        await using var client = await Client.StartAsync(media, o => o with { OpaqueRefusals = true });
        using var response = await client.SubmitAsync("kling-identify-face", new JsonObject { ["video_url"] = client.Media("small.mp4") });
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("Backend error (400). Please try again.", (await Client.JsonAsync(response)).GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("{\"video_url\":\"\"}")]
    [InlineData("{\"video_url\":\"http://127.0.0.1/x.mp4\",\"video_id\":\"7\"}")]
    public async Task Identify_NotExactlyOneSource_Fails(string payload)
    {
        await using var client = await Client.StartAsync(media);
        using var response = await client.PostAsync("/requests", $"{{\"model\":\"kling-identify-face\",\"payload\":{payload}}}");
        Assert.Contains("Give exactly one", Client.Error(await Client.JsonAsync(response)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Identify_EmptyVideoId_CountsAsUnset()
    {
        await using var client = await Client.StartAsync(media);
        using var response = await client.SubmitAsync("kling-identify-face", new JsonObject { ["video_url"] = client.Media("host.mp4"), ["video_id"] = "" });
        Assert.Equal("success", (await Client.JsonAsync(response)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Identify_UrlOfAnotherHost_StandsForTheMediaFile()
    {
        await using var client = await Client.StartAsync(media);
        var known = await client.IdentifyAsync("https://media.example.com/launch/pair.mp4?signature=abc");
        Assert.Equal(2, known.GetProperty("outcome").GetProperty("data").GetProperty("face_data").GetArrayLength());
        var unknown = Client.Error(await client.IdentifyAsync("https://media.example.com/launch/other.mp4?signature=abc"));
        Assert.Contains("the simulator has no network", unknown, StringComparison.Ordinal);
        Assert.DoesNotContain("signature=abc", unknown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Identify_UrlOfAnotherServerOnThisMachine_IsFetchedWithoutTheKey()
    {
        await using var origin = await Client.StartAsync(media);
        await using var client = await Client.StartAsync(null);
        var record = await client.IdentifyAsync(origin.Media("host.mp4"));
        Assert.Equal("success", record.GetProperty("status").GetString());
        Assert.Empty(origin.Server.Ledger.StrayAuthorizations);
        Assert.Equal(1, origin.Server.Ledger.Calls["GET /media/*"]);
        Assert.Contains("answers 404", Client.Error(await client.IdentifyAsync(origin.Media("none.mp4"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Identify_Sidecar_NamesTheFaces()
    {
        await using var client = await Client.StartAsync(media);
        var faces = (await client.IdentifyAsync(client.Media("pair.mp4"))).GetProperty("outcome").GetProperty("data").GetProperty("face_data");
        Assert.Equal(
            [("0", 0, 3000), ("1", 2500, 6000)],
            faces.EnumerateArray().Select(f => (f.GetProperty("face_id").GetString() ?? "", f.GetProperty("start_time").GetInt32(), f.GetProperty("end_time").GetInt32())));
        foreach (var face in faces.EnumerateArray())
        {
            var picture = await client.Http.GetByteArrayAsync(face.GetProperty("face_image").GetString(), TestContext.Current.CancellationToken);
            Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], picture[..4]);
        }
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("[]", 0)]
    [InlineData("- {face_id: 7, start_time: 00:00:01.500, end_time: 5s}", 1)]
    public async Task Identify_SidecarWithStemOnly_IsRead(string yaml, int faces)
    {
        using var folder = new TemporaryFolder();
        File.Copy(media.PathOf("host.mp4"), folder.File("clip.mp4"));
        folder.Write("clip.faces.yaml", yaml);
        await using var client = await Client.StartAsync(null, o => o with { MediaFolder = folder.Path });
        var record = await client.IdentifyAsync(client.Media("clip.mp4"));
        Assert.Equal(faces, record.GetProperty("outcome").GetProperty("data").GetProperty("face_data").GetArrayLength());
    }

    [Theory]
    [InlineData("{", "is not YAML")]
    [InlineData("face_id: 0", "is not a list")]
    [InlineData("- 5", "line 1: not a face")]
    [InlineData("- { face_id: \"0\", start_time: 0 }", "line 1: end_time is missing")]
    [InlineData("- { face_id: \"0\", start_time: soon, end_time: 5 }", "start_time is not a time")]
    [InlineData("- { face_id: \"0\", start_time: 5, end_time: 5 }", "end_time is not after start_time")]
    [InlineData("- { face_id: \"0\", start_time: 0, end_time: 5 }\n- { face_id: \"0\", start_time: 0, end_time: 5 }", "face_id \"0\" is there twice")]
    public async Task Identify_SidecarThatIsWrong_FailsAndSaysWhere(string yaml, string reason)
    {
        using var folder = new TemporaryFolder();
        File.Copy(media.PathOf("host.mp4"), folder.File("clip.mp4"));
        folder.Write("clip.mp4.faces.yaml", yaml);
        await using var client = await Client.StartAsync(null, o => o with { MediaFolder = folder.Path });
        var error = Client.Error(await client.IdentifyAsync(client.Media("clip.mp4"))).Replace("\\\"", "\"", StringComparison.Ordinal);
        Assert.Contains("clip.mp4.faces.yaml", error, StringComparison.Ordinal);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Identify_UploadOfAListedFile_GetsTheFacesOfItsSidecar()
    {
        using var folder = new TemporaryFolder();
        File.Copy(media.PathOf("host.mp4"), folder.File("clip.mp4"));
        folder.Write("clip.mp4.faces.yaml", "- { face_id: \"5\", start_time: 1s, end_time: 4s }");
        await using var client = await Client.StartAsync(null, o => o with { MediaFiles = [folder.File("clip.mp4")] });
        var url = await Uploads.UploadAsync(client, "mp4", "video/mp4", await File.ReadAllBytesAsync(folder.File("clip.mp4"), TestContext.Current.CancellationToken));
        var face = (await client.IdentifyAsync(url)).GetProperty("outcome").GetProperty("data").GetProperty("face_data")[0];
        Assert.Equal("5", face.GetProperty("face_id").GetString());
    }

    [Fact]
    public async Task Identify_UploadOfAMediaFolderFile_GetsTheFacesOfItsSidecar()
    {
        await using var client = await Client.StartAsync(media);
        var url = await Uploads.UploadAsync(client, "mp4", "video/mp4", await File.ReadAllBytesAsync(media.PathOf("pair.mp4"), TestContext.Current.CancellationToken));
        Assert.Equal(2, (await client.IdentifyAsync(url)).GetProperty("outcome").GetProperty("data").GetProperty("face_data").GetArrayLength());
    }
}
