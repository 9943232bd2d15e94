using System.Net;
using System.Net.Http.Headers;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Simulator.Tests.Storage;

public sealed class StorageTests(SampleMedia media)
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * 7))];

    [Theory]
    [InlineData("jpeg", "image/jpeg")]
    [InlineData("jpg", "image/jpg")]
    [InlineData("png", "image/png")]
    [InlineData("mp4", "video/mp4")]
    [InlineData("mp3", "audio/mpeg")]
    [InlineData("wav", "audio/wav")]
    public async Task Upload_WithTheSignedType_CanBeReadByAnyone(string fileType, string contentType)
    {
        await using var client = await Client.StartAsync(null);
        var url = await Uploads.UploadAsync(client, fileType, contentType, Content);
        Assert.EndsWith($".{fileType}", url, StringComparison.Ordinal);
        Assert.Equal(Content, await client.Http.GetByteArrayAsync(url, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("mp3", "audio/mp3", HttpStatusCode.Forbidden, "SignatureDoesNotMatch")]
    [InlineData("jpg", "image/jpeg", HttpStatusCode.Forbidden, "SignatureDoesNotMatch")]
    [InlineData("mp4", "video/mp4; charset=utf-8", HttpStatusCode.Forbidden, "SignatureDoesNotMatch")]
    [InlineData("mp4", null, HttpStatusCode.BadRequest, "MalformedSecurityHeader")]
    public async Task Upload_WithAnotherType_IsRefusedInXml(string fileType, string? contentType, HttpStatusCode status, string code)
    {
        await using var client = await Client.StartAsync(null);
        var (put, url) = await Uploads.GrantAsync(client, fileType);
        using var response = await Uploads.PutAsync(client, put, contentType, Content);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/xml", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains($"<Code>{code}</Code>", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var absent = await client.Http.GetAsync(url, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, absent.StatusCode);
    }

    [Theory]
    [InlineData(899, HttpStatusCode.OK)]
    [InlineData(900, HttpStatusCode.BadRequest)]
    public async Task Upload_AfterAQuarterOfAnHour_IsTooLate(int seconds, HttpStatusCode status)
    {
        var time = new ManualTimeProvider();
        await using var client = await Client.StartAsync(null, null, time);
        var (put, _) = await Uploads.GrantAsync(client, "wav");
        Assert.Contains("X-Goog-Expires=899", put, StringComparison.Ordinal);
        time.Advance(TimeSpan.FromSeconds(seconds));
        using var response = await Uploads.PutAsync(client, put, "audio/wav", Content);
        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task Upload_WithTheKey_IsRefusedAndNoted()
    {
        await using var client = await Client.StartAsync(null);
        var (put, _) = await Uploads.GrantAsync(client, "wav");
        using var response = await Uploads.PutAsync(client, put, "audio/wav", Content, "key");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("PUT", Assert.Single(client.Server.Ledger.StrayAuthorizations).Method);
    }

    [Fact]
    public async Task Upload_OfAnotherObjectWithTheSameSignature_IsRefused()
    {
        await using var client = await Client.StartAsync(null);
        var (first, _) = await Uploads.GrantAsync(client, "wav");
        var (second, _) = await Uploads.GrantAsync(client, "wav");
        using var crossed = await Uploads.PutAsync(client, second.Split('?')[0] + "?" + first.Split('?')[1], "audio/wav", Content);
        Assert.Equal(HttpStatusCode.Forbidden, crossed.StatusCode);
        using var unsigned = await Uploads.PutAsync(client, second.Split('?')[0], "audio/wav", Content);
        Assert.Equal(HttpStatusCode.Forbidden, unsigned.StatusCode);
    }

    [Theory]
    [InlineData("{\"file_type\":\"m4a\"}")]
    [InlineData("{\"file_type\":\".mp4\"}")]
    [InlineData("{\"file_type\":4}")]
    [InlineData("{\"filename\":\"x.mp4\"}")]
    [InlineData("[")]
    public async Task Grant_ForWhatIsNotListed_Is400(string body)
    {
        await using var client = await Client.StartAsync(null);
        using var response = await client.PostAsync("/upload-url", body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("mp4", (await Client.JsonAsync(response)).GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Range_GivesThatPart()
    {
        await using var client = await Client.StartAsync(null);
        var url = await Uploads.UploadAsync(client, "mp4", "video/mp4", Content);
        using var head = await client.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, url), TestContext.Current.CancellationToken);
        Assert.Equal(Content.Length, head.Content.Headers.ContentLength);
        Assert.Equal("video/mp4", head.Content.Headers.ContentType?.MediaType);
        Assert.NotNull(head.Headers.ETag);

        using var part = await RangeAsync(client, url, head.Headers.ETag);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(Content[60_000..], await part.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        using var whole = await RangeAsync(client, url, new EntityTagHeaderValue("\"another\""));
        Assert.Equal(HttpStatusCode.OK, whole.StatusCode);
        Assert.Equal(Content.Length, whole.Content.Headers.ContentLength);
    }

    [Theory]
    [InlineData("%2e%2e/secret.txt")]
    [InlineData("..%2fsecret.txt")]
    [InlineData("a/..%2f..%2fsecret.txt")]
    [InlineData("a%5c..%5c..%5csecret.txt")]
    [InlineData("link/secret.txt")]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("host.mp4%00")]
    public async Task Get_OutsideTheMediaFolder_FindsNothing(string name)
    {
        using var outside = new TemporaryFolder();
        outside.Write("secret.txt", "secret");
        var inside = Directory.CreateDirectory(outside.File("media"));
        Directory.CreateDirectory(Path.Combine(inside.FullName, "a"));
        Directory.CreateSymbolicLink(Path.Combine(inside.FullName, "link"), outside.Path);
        await using var client = await Client.StartAsync(null, o => o with { MediaFolder = inside.FullName });
        using var response = await client.Http.GetAsync(client.Server.MediaUrl + name, TestContext.Current.CancellationToken);
        Assert.Contains(response.StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.BadRequest });
    }

    [Fact]
    public async Task Get_NameWithBlanksQuotesAndEmoji_IsServed()
    {
        using var folder = new TemporaryFolder();
        folder.Write("it's a \"clip\" 🎬.txt", "x");
        await using var client = await Client.StartAsync(null, o => o with { MediaFolder = folder.Path });
        Assert.Equal("x", await client.Http.GetStringAsync(client.Media(Uri.EscapeDataString("it's a \"clip\" 🎬.txt")), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Get_MediaWithTheKey_IsServedAndNoted()
    {
        await using var client = await Client.StartAsync(media);
        using var request = new HttpRequestMessage(HttpMethod.Get, client.Media("notes.txt"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "key");
        using var response = await client.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("/media/notes.txt", Assert.Single(client.Server.Ledger.StrayAuthorizations).Path);
    }

    private static async Task<HttpResponseMessage> RangeAsync(Client client, string url, EntityTagHeaderValue tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Range = new RangeHeaderValue(60_000, null);
        request.Headers.IfRange = new RangeConditionHeaderValue(tag);
        return await client.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
