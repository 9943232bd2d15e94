using System.Text;
using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Media;

public sealed class MediaReaderOtherContentTests : IDisposable
{
    private const string Picture = "-f lavfi -i testsrc2=size=64x64:rate=5:duration=1";
    private const string Tone = "-f lavfi -i sine=frequency=440:duration=1";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("x.png", $"{Picture} -frames:v 1", "it is a PNG picture")]
    [InlineData("x.jpg", $"{Picture} -frames:v 1", "it is a JPEG picture")]
    [InlineData("x.gif", Picture, "it is a GIF picture")]
    [InlineData("x.webp", $"{Picture} -frames:v 1", "it is a WebP picture")]
    [InlineData("x.mkv", $"{Picture} -c:v mpeg4", "it is Matroska, which Kling doesn't take")]
    [InlineData("x.webm", $"{Picture} -c:v libvpx", "it is WebM, which Kling doesn't take")]
    [InlineData("x.avi", $"{Picture} -c:v mpeg4", "it is AVI, which Kling doesn't take")]
    [InlineData("x.flv", $"{Picture} -c:v flv1", "it is Flash video, which Kling doesn't take")]
    [InlineData("x.ts", $"{Picture} -c:v mpeg2video", "it is an MPEG transport stream, which Kling doesn't take")]
    [InlineData("x.mpg", $"-f lavfi -i testsrc2=size=64x64:rate=25:duration=1 -c:v mpeg1video", "it is an MPEG program stream, which Kling doesn't take")]
    [InlineData("x.wmv", Picture, "it is Windows Media (ASF), which Kling doesn't take")]
    [InlineData("x.ogg", $"{Tone} -c:a libvorbis", "it is Ogg (Vorbis), which Kling doesn't take")]
    [InlineData("x.opus", Tone, "it is Ogg (Opus), which Kling doesn't take")]
    [InlineData("x.flac", Tone, "it is FLAC, which Kling doesn't take")]
    [InlineData("x.aiff", Tone, "it is AIFF, which Kling doesn't take")]
    [InlineData("x.caf", Tone, "it is Core Audio (CAF), which Kling doesn't take")]
    [InlineData("x.au", Tone, "it is Sun audio (AU), which Kling doesn't take")]
    [InlineData("x.mp2", Tone, "it is MPEG audio of layer I or II, which Kling doesn't take")]
    [InlineData("x.h264", $"{Picture} -c:v libx264", "it is a bare H.264 stream, which Kling doesn't take")]
    public async Task ReadFile_OtherFormat_SaysWhich(string name, string arguments, string reason)
    {
        await Ffmpeg.MakeAsync([.. arguments.Split(' '), folder.File(name)]);
        File.Move(folder.File(name), folder.File("named.mp4"));

        Assert.Equal(reason, Reason(folder.File("named.mp4")));
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("hello", "it is a text file")]
    [InlineData("Grüße 🎬", "it is a text file")]
    [InlineData("\uFEFF  <!DOCTYPE html><html>", "it is an HTML page")]
    [InlineData("<html><body>403</body></html>", "it is an HTML page")]
    [InlineData("<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>", "it is an XML document, perhaps a server's error message")]
    [InlineData("{\"error\": 1}", "it is JSON text")]
    [InlineData("data:audio/mp3;base64,SUQz", "it is a data: URI as text, not the media itself")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "it is a Git LFS pointer: fetch the file itself with git lfs pull")]
    [InlineData("#EXTM3U\n", "it is a playlist, not the media itself")]
    [InlineData("%PDF-1.7", "it is a PDF document")]
    [InlineData("PK\u0003\u0004", "it is a ZIP archive")]
    [InlineData("RIFF", "it is a text file")]
    [InlineData("ID3\u0004\0\0\0\0\0\0", "it holds tags and no sound")]
    [InlineData("ID3\u0004\0\0\0\0\u0010\0abc", "the file ends inside its ID3 tag")]
    [InlineData("ID3\u0004\0\0\0\0\0\u0001\0fLaC\0\0", "it is FLAC, which Kling doesn't take (after an ID3 tag)")]
    [InlineData("\0\0\0\0\0\0\0\0\0\0", "it begins with nothing but zero bytes")]
    [InlineData("\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009", "it is neither mp4, mov, wav, mp3, m4a nor aac")]
    [InlineData("RIFF\u0004\0\0\0WAVE", "it has no 'data' chunk")]
    [InlineData("RIFF\u0024\0\0\0WAVEfmt \u0010\0\0\0\u0001\0", "the file ends inside a chunk before its 'data' chunk")]
    [InlineData("RIFF\u0024\0\0\0WAVEdata\u0002\0\0\0ab", "it has no whole 'fmt ' chunk before its 'data' chunk")]
    [InlineData("\0\0\0\u0010ftypisom\0\0\0\0", "it has no 'moov' box: the recording or the download was not finished")]
    [InlineData("\0\0\0\u0018ftypheic\0\0\0\0", "it is a HEIF picture")]
    [InlineData("\0\0\0\u0007ftyp", "what stands at byte 0 is no box")]
    [InlineData("\0\0\u0001\0moov", "the file ends inside its 'moov' box (248 bytes are missing)")]
    public void ReadFile_Bytes_SaysWhatTheyLookLike(string content, string reason)
    {
        File.WriteAllBytes(folder.File("x.mp4"), Encoding.UTF8.GetBytes(content));

        Assert.Equal(reason, Reason(folder.File("x.mp4")));
    }

    [Fact]
    public void ReadFile_FirstBoxSizedLikeAnotherFormatsSignature_IsStillABox()
    {
        File.WriteAllBytes(folder.File("x.mov"), [0, 0, 0x01, 0xBA, .. "wide"u8]);

        Assert.Equal("the file ends inside its 'wide' box (434 bytes are missing)", Reason(folder.File("x.mov")));
    }

    [Fact]
    public void ReadFile_Folder_SaysSo() => Assert.Equal("it is a folder", Reason(folder.Path));

    [Fact]
    public void ReadFile_NoFile_SaysSo() => Assert.Equal("there is no such file", Reason(folder.File("none.mp4")));

    [Fact]
    public void ReadFile_NoFolder_SaysSo() => Assert.Equal("there is no such file", Reason(folder.File("none/none.mp4")));

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void ReadFile_ImpossiblePath_IsUnreadable(string path) => Assert.NotEqual("", Reason(path));

    [Fact]
    public void ReadFile_DeviceWithoutEnd_DoesNotWait() =>
        Assert.IsType<MediaReading.Unreadable>(MediaReader.ReadFile(OperatingSystem.IsWindows() ? @"\\.\NUL" : "/dev/zero"));

    [Fact]
    public async Task ReadFile_NameWithSpaceQuoteAndEmojiThroughALink_ReadsTheTarget()
    {
        var path = folder.File("it's \"one\" 🎬.wav");
        await Ffmpeg.MakeToneAsync(path, "1");
        File.CreateSymbolicLink(folder.File("link.mp3"), path);

        var facts = Assert.IsType<MediaReading.Read>(MediaReader.ReadFile(folder.File("link.mp3"))).Facts;

        Assert.Equal((MediaContainer.Wav, TimeSpan.FromSeconds(1)), (facts.Container, facts.Duration));
    }

    private static string Reason(string path) => Assert.IsType<MediaReading.Unreadable>(MediaReader.ReadFile(path)).Reason;
}
