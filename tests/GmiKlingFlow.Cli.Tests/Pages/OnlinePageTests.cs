using System.Buffers.Binary;
using System.Text.RegularExpressions;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Pages;

/// <summary>The flows on the pages about URLs, with a server on this machine in the place of their hosts, answering as the page says.</summary>
public sealed class OnlinePageTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly byte[] video = File.ReadAllBytes(RepositoryFolder.Combine("examples", "quickstart", "clips", "host.mp4"));
    private readonly byte[] sound = File.ReadAllBytes(RepositoryFolder.Combine("examples", "localisation", "audio", "hello.en.mp3"));
    private readonly ScriptedServer server;

    public OnlinePageTests() => server = new ScriptedServer(Answer);

    public static TheoryData<string> Codes => [.. ExplanationPages.RunBy(PageRunner.Online, Explanation.Codes)];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Wrong_Code_GivesTheCode(string code)
    {
        var result = await ValidateAsync(code, "Wrong");
        Assert.True(result.Error.Contains($" {code}: ", StringComparison.Ordinal), result.Error);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Right_Code_GivesNoError(string code)
    {
        var result = await ValidateAsync(code, "Right");
        Assert.True(result.ExitCode == ExitCodes.Done, result.Error);
    }

    private async Task<CliResult> ValidateAsync(string code, string section)
    {
        PageWorld.WriteTo(folder);
        var example = Regex.Match(Explanation.Of(code) ?? "", $@"^## {section}\n\n```yaml\n(.*?\n)```", RegexOptions.Singleline | RegexOptions.Multiline).Groups[1].Value;
        Assert.NotEmpty(example);
        var host = code == "GKF5012" && section == "Wrong" ? ScriptedServer.Nowhere() : server.Url;
        example = Regex.Replace(example, @"https://(?<host>[a-z.]+\.example\.com|media\.exmaple\.com)/", match => $"{host}{match.Groups["host"].Value.Split('.')[0]}/");
        var replaced = example.Split(':')[0];
        var flow = Regex.Replace(PageWorld.Flow(), $@"^{replaced}:\n(  .*\n)+", example.Replace("$", "$$", StringComparison.Ordinal), RegexOptions.Multiline)
            .Replace("face: anna", "face: { only: true }", StringComparison.Ordinal)
            .Replace(", sound_end_time: 4s", ", sound_end_time: 2900", StringComparison.Ordinal)
            .Replace("vars:", "env: [HOST_VIDEO_URL]\nvars:", StringComparison.Ordinal);
        Assert.Contains(example, flow, StringComparison.Ordinal);
        folder.Write("flow.yaml", flow);
        var cli = new CliRunner(folder.Path) { Environment = { ["HOST_VIDEO_URL"] = $"{server.Url}media/host.mp4" } };
        if (code != "GKF5015")
        {
            // Only a service on this machine can fetch from here.
            cli.Environment["GMI_BASE_URL"] = "http://127.0.0.1:9/api/v1/ie/requestqueue/apikey";
        }

        return await cli.RunAsync("validate", "flow.yaml", "--online");
    }

    // The first word of the page's host says how it behaves.
    private ScriptedReply Answer(ReceivedRequest request) => request.Target.Split('?')[0] switch
    {
        "/media/host.mp4" => ScriptedReply.Body(200, video, "Content-Type: video/mp4"),
        "/media/hello.mp3" => ScriptedReply.Body(200, sound, "Content-Type: audio/mpeg"),
        "/bucket/host.mp4" => ScriptedReply.Body(403, []),
        "/busy/hello.mp3" => ScriptedReply.Body(503, []),
        "/short/x1" => ScriptedReply.Body(302, [], "Location: ftp://media.example.com/host.mp4"),
        "/plain/long.mp4" => ScriptedReply.Body(200, Long(), "Content-Type: video/mp4"),
        "/broken/hello.mp3" => request.Method == "HEAD"
            ? new ScriptedReply(ScriptedReply.Head(200, "Content-Length: 500", "Connection: close"), ReplyEnd.Close)
            : ScriptedReply.Body(200, sound[..200], "Content-Type: audio/mpeg"),
        var path when path.StartsWith("/drive/", StringComparison.Ordinal) => ScriptedReply.Html(200, "<!DOCTYPE html><html><body>A player</body></html>"),
        _ => ScriptedReply.Body(404, []),
    };

    // The same film with ten megabytes between its head and what says how long it is.
    private byte[] Long()
    {
        var head = BinaryPrimitives.ReadInt32BigEndian(video);
        var free = new byte[10_000_000];
        BinaryPrimitives.WriteInt32BigEndian(free, free.Length);
        "free"u8.CopyTo(free.AsSpan(4));
        return [.. video[..head], .. free, .. video[head..]];
    }
}
