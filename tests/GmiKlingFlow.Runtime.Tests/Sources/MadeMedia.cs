using System.Buffers.Binary;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.Sources;

/// <summary>Small files of each kind that the service takes, made once.</summary>
public sealed class MadeMedia : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    /// <summary>With <c>moov</c> at its end.</summary>
    public byte[] Video { get; private set; } = [];

    /// <summary>Without any header that states its length: all of it has to be counted.</summary>
    public byte[] Mp3 { get; private set; } = [];

    public byte[] Of(string name) => File.ReadAllBytes(folder.File(name));

    public async ValueTask InitializeAsync()
    {
        await Ffmpeg.MakeVideoAsync(folder.File("video.mp4"), "2.5", 160, 120);
        string video = folder.File("video.mp4");
        await Ffmpeg.MakeAsync("-i", video, "-c", "copy", "-movflags", "+faststart", folder.File("faststart.mp4"));
        await Ffmpeg.MakeAsync("-i", video, "-c", "copy", "-movflags", "frag_keyframe+empty_moov", folder.File("fragments.mp4"));
        await Ffmpeg.MakeAsync("-i", video, "-c", "copy", folder.File("video.mov"));
        foreach (var name in (string[])["tone.wav", "tone.m4a", "tone.aac"])
        {
            await Ffmpeg.MakeToneAsync(folder.File(name));
        }

        await Ffmpeg.MakeAsync("-f", "lavfi", "-i", "sine=duration=20", "-c:a", "libmp3lame", "-b:a", "128k", "-write_xing", "0", "-id3v2_version", "0", folder.File("tone.mp3"));
        (Video, Mp3) = (Of("video.mp4"), Of("tone.mp3"));
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The same film with so many bytes of nothing after its first box.</summary>
    public byte[] LongVideo(int padding)
    {
        var first = BinaryPrimitives.ReadInt32BigEndian(Video);
        var free = new byte[padding];
        BinaryPrimitives.WriteInt32BigEndian(free, padding);
        "free"u8.CopyTo(free.AsSpan(4));
        return [.. Video[..first], .. free, .. Video[first..]];
    }
}
