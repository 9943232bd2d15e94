using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Media;

public sealed class MediaDiagnosticsTests
{
    [Fact]
    public void Catalogue_EveryCode_IsOfStage5AndExplained()
    {
        foreach (var code in CatalogueAssert.CodesInStage(typeof(MediaDiagnostics), '5'))
        {
            var page = Explanation.Of(code);
            Assert.NotNull(page);
            Assert.StartsWith($"# {code}: ", page, StringComparison.Ordinal);
            Assert.Contains("\n## Wrong\n", page, StringComparison.Ordinal);
            Assert.Contains("\n## Right\n", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Messages_AllCodes_ReadAsWritten()
    {
        var host = new Place(new SourceSpan("flow.yaml", 4, 13, 4, 27), "videos.host.source");
        Diagnostic[] all =
        [
            MediaDiagnostics.UnreadableMedia(host, "clips/host.mp4", "the file ends inside its 'mdat' box (1,200 bytes are missing)"),
            MediaDiagnostics.ContainerNotItsName(host, "audio/hello.mp3", MediaContainer.Wav),
            MediaDiagnostics.DeclaredDurationDiffers(host, "audio/hello.mp3", TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(3200)),
            MediaDiagnostics.UrlNotThere(host, "https://media.example.com/host.mp4", 404),
            MediaDiagnostics.UrlNotOpen(host, "https://media.example.com/host.mp4", 403),
            MediaDiagnostics.UrlUnreachable(host, "https://media.exmaple.com/host.mp4", "the name is not known"),
            MediaDiagnostics.UrlNotChecked(host, "https://media.example.com/host.mp4", "its host answers 503"),
            MediaDiagnostics.UrlNotFollowed(host, "https://media.example.com/host.mp4", "it redirects to plain http"),
            MediaDiagnostics.UrlNotPublic(host, "https://10.0.0.8/host.mp4"),
            MediaDiagnostics.UrlOutOfReach(host, "https://media.example.com/host.mp4", "its host gives no parts of a file, and the first 8 MB don't tell"),
            MediaDiagnostics.UrlNotMedia(host, "https://media.example.com/host.mp4", "it is an HTML page"),
            MediaDiagnostics.UrlContradictory(host, "https://media.example.com/host.mp4", "it announces 500 bytes and gives 200"),
        ];

        Baseline.Match(string.Join('\n', all.Select(d => $"{d.Code} {d.Severity} {d.Message}")));
    }
}
