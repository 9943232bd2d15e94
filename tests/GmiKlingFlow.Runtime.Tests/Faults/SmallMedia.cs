using System.Security.Cryptography;
using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Faults;

/// <summary>Two short videos and some lines of speech, made once for all fault tests.</summary>
public sealed class SmallMedia : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, MediaSource.LocalFile> files = new(StringComparer.Ordinal);

    public async ValueTask InitializeAsync()
    {
        await Task.WhenAll(
            Ffmpeg.MakeVideoAsync(folder.File("a.mp4"), "2.2", 512, 512),
            Ffmpeg.MakeVideoAsync(folder.File("b.mp4"), "2.6", 512, 512),
            Ffmpeg.MakeToneAsync(folder.File("a.mp3"), "2.2"),
            Ffmpeg.MakeToneAsync(folder.File("b.mp3"), "2.1"),
            Ffmpeg.MakeToneAsync(folder.File("c.wav"), "2.1", 8000));
        foreach (var name in (string[])["a.mp4", "b.mp4", "a.mp3", "b.mp3", "c.wav"])
        {
            var bytes = await File.ReadAllBytesAsync(folder.File(name));
            var read = Assert.IsType<MediaReading.Read>(MediaReader.ReadFile(folder.File(name)));
            files[name] = new MediaSource.LocalFile(name, folder.File(name), Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length, read.Facts);
        }
    }

    public MediaSource this[string name] => files[name];

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
