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
        ];

        Baseline.Match(string.Join('\n', all.Select(d => $"{d.Code} {d.Severity} {d.Message}")));
    }
}
