using System.Net;
using GmiKlingFlow.Runtime.Sources;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Sources;

/// <summary>Where a flow from a stranger may make this machine look.</summary>
public sealed class GuardTests
{
    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("100.63.255.255", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.167.255.255", true)]
    [InlineData("223.255.255.255", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("64:ff9b::808:808", true)]
    [InlineData("2002:808:808::1", true)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("0.1.2.3", false)]
    [InlineData("10.255.255.255", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.255.255.254", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.0.0.8", false)]
    [InlineData("192.0.2.1", false)]
    [InlineData("192.168.0.1", false)]
    [InlineData("198.19.255.255", false)]
    [InlineData("198.51.100.7", false)]
    [InlineData("203.0.113.7", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("240.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::127.0.0.1", false)]
    [InlineData("64:ff9b::a00:8", false)]
    [InlineData("64:ff9b:1::808:808", false)]
    [InlineData("2002:a00:8::1", false)]
    [InlineData("2001:0:4136:e378::1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fdff::1", false)]
    [InlineData("ff02::1", false)]
    public void Is_Address_IsPublicOrNot(string address, bool isPublic) => Assert.Equal(isPublic, PublicAddress.Is(IPAddress.Parse(address)));

    [Fact]
    public async Task Create_ForOtherHosts_ConnectsNotEvenWhenNothingElseLooks()
    {
        await using var server = ScriptedServer.Answering(ScriptedReply.Body(200, [1]));
        using var http = GuardedHttp.Create(mayBeLocal: false);

        var refusal = await Assert.ThrowsAnyAsync<HttpRequestException>(() => http.GetAsync(server.Url, CancellationToken.None));

        Assert.IsType<NotPublicException>(refusal.InnerException);
        Assert.Equal(0, server.Connections);
    }

    [Theory]
    [InlineData("https://a.example.com/x", "https://b.example.com/y", 0, "https://b.example.com/y")]
    [InlineData("https://a.example.com/x", "/y", 4, "https://a.example.com/y")]
    [InlineData("https://a.example.com/x", "/y", 5, null)]
    [InlineData("https://a.example.com/x", "http://a.example.com/y", 0, null)]
    [InlineData("https://a.example.com/x", "http://127.0.0.1/y", 0, null)]
    [InlineData("https://a.example.com/x", "https://localhost/y", 0, null)]
    [InlineData("https://a.example.com/x", "https://[::1]/y", 0, null)]
    [InlineData("https://a.example.com/x", "ftp://a.example.com/y", 0, null)]
    [InlineData("http://127.0.0.1/x", "http://localhost:99/y", 0, "http://localhost:99/y")]
    [InlineData("http://127.0.0.1/x", "https://a.example.com/y", 0, "https://a.example.com/y")]
    [InlineData("http://127.0.0.1/x", "http://a.example.com/y", 0, null)]
    public void Follow_Redirect_GoesOnOrNot(string first, string location, int hops, string? next) => Assert.Equal(
        next is null ? null : new Uri(next),
        UrlQuestions.Follow(new Uri(first), new Uri(first), new Uri(location, UriKind.RelativeOrAbsolute), hops, new OnlineOptions()).Next);

    [Theory]
    [InlineData("https://a.example.com/x", false, true)]
    [InlineData("https://a.example.com/x", true, true)]
    [InlineData("https://127.0.0.1/x", false, false)]
    [InlineData("https://127.0.0.1/x", true, true)]
    [InlineData("https://localhost/x", false, false)]
    [InlineData("https://10.1.2.3/x", false, false)]
    [InlineData("https://10.1.2.3/x", true, false)]
    [InlineData("https://0x0a010203/x", false, false)]
    [InlineData("https://[::ffff:169.254.169.254]/x", true, false)]
    public void MayAsk_Host_AsFarAsItsNameTells(string url, bool mayBeLocal, bool may) => Assert.Equal(may, GuardedHttp.MayAsk(new Uri(url), mayBeLocal));
}
