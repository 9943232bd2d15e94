using GmiKlingFlow.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(GmiKlingFlow.Simulator.Tests.SampleMedia))]

namespace GmiKlingFlow.Simulator.Tests;

/// <summary>Real media for all tests, made once.</summary>
public sealed class SampleMedia : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    public string Folder => folder.Path;

    public async ValueTask InitializeAsync()
    {
        await Ffmpeg.MakeVideoAsync(folder.File("host.mp4"), "7", 720, 1280);
        await Ffmpeg.MakeVideoAsync(folder.File("pair.mp4"), "6", 1280, 720);
        await Ffmpeg.MakeVideoAsync(folder.File("mute.mp4"), "5", 720, 720, sound: false);
        await Ffmpeg.MakeVideoAsync(folder.File("small.mp4"), "3", 320, 240);
        await Ffmpeg.MakeToneAsync(folder.File("voice.wav"), "3");
        await Ffmpeg.MakeToneAsync(folder.File("voice.mp3"), "4");
        await Ffmpeg.MakeToneAsync(folder.File("voice.m4a"), "3");
        await Ffmpeg.MakeToneAsync(folder.File("voice.aac"), "3");
        await Ffmpeg.MakeToneAsync(folder.File("short.wav"), "1.5");
        await Ffmpeg.MakeAsync("-i", folder.File("mute.mp4"), "-c", "copy", folder.File("copy.mov"));
        await Ffmpeg.MakeAsync("-i", folder.File("mute.mp4"), "-t", "3", "-c:v", "prores_ks", "-profile:v", "0", folder.File("prores.mov"));
        Directory.CreateDirectory(folder.File("a/b"));
        File.Copy(folder.File("voice.wav"), folder.File("a/b/deep.wav"));
        folder.Write("pair.mp4.faces.yaml", "- { face_id: \"0\", start_time: 0, end_time: 3s }\n- { face_id: \"1\", start_time: 2500, end_time: 6000 }\n");
        folder.Write("notes.txt", "not media");
    }

    public string PathOf(string name) => folder.File(name);

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
