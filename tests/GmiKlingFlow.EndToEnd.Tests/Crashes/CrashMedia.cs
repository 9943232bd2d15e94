using System.Globalization;
using System.Security.Cryptography;
using GmiKlingFlow.EndToEnd.Tests.Crashes;
using GmiKlingFlow.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(CrashMedia))]

namespace GmiKlingFlow.EndToEnd.Tests.Crashes;

/// <summary>The smallest media that Kling's rules allow, made once; and the flow that all crash tests run.</summary>
public sealed class CrashMedia : IAsyncLifetime
{
    /// <summary>Two videos, three voices, five jobs: three share an identify, and two of those are one and the same request.</summary>
    public const string Flow = """
        apiVersion: gmiklingflow/v1
        kind: Flow
        name: crash
        defaults: { original_audio_volume: 0 }
        videos:
          a: { source: a.mp4, faces: { one: { only: true } } }
          b: { source: b.mp4, faces: { one: { only: true } } }
        audio:
          v1: { source: v1.wav }
          v2: { source: v2.wav }
          v3: { source: v3.wav }
        jobs:
          - { id: a1, video: a, faces: [{ face: one, audio: v1 }] }
          - { id: a2, video: a, faces: [{ face: one, audio: v2 }] }
          - { id: a3, video: a, faces: [{ face: one, audio: v3, sound_insert_time: 20 }] }
          - { id: a1-again, video: a, faces: [{ face: one, audio: v1 }] }
          - { id: b1, video: b, faces: [{ face: one, audio: v1 }] }
        run:
          concurrency: 3
          poll: { min: 100ms, max: 100ms }
          settle_after: 1s
        """;

    /// <summary>Each job with its video and voice.</summary>
    public static readonly IReadOnlyDictionary<string, (string Video, string Voice)> Jobs = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
    {
        ["a1"] = ("a.mp4", "v1.wav"),
        ["a2"] = ("a.mp4", "v2.wav"),
        ["a3"] = ("a.mp4", "v3.wav"),
        ["a1-again"] = ("a.mp4", "v1.wav"),
        ["b1"] = ("b.mp4", "v1.wav"),
    };

    /// <summary>Requests that the flow needs, by model: what the ledger must show in the end, and not one more.</summary>
    public const int Identifies = 2;

    public const int Syncs = 4;

    // Each voice has its own length: a request tells by its sound_end_time (the length less 50 ms) whose it is.
    private static readonly IReadOnlyDictionary<string, string> Voices = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["v1.wav"] = "2.2",
        ["v2.wav"] = "2.3",
        ["v3.wav"] = "2.4",
    };

    private readonly TemporaryFolder folder = new();

    public async ValueTask InitializeAsync()
    {
        await Ffmpeg.MakeVideoAsync(folder.File("a.mp4"), "2.6", 720, 720);
        await Ffmpeg.MakeVideoAsync(folder.File("b.mp4"), "2.8", 720, 720);
        foreach (var (name, seconds) in Voices)
        {
            await Ffmpeg.MakeToneAsync(folder.File(name), seconds, 8000);
        }
    }

    /// <summary>Copies flow and media.</summary>
    /// <returns>The flow's path.</returns>
    public string LayOut(TemporaryFolder target)
    {
        foreach (var file in Directory.EnumerateFiles(folder.Path))
        {
            File.Copy(file, target.File(Path.GetFileName(file)));
        }

        return target.Write("flow.yaml", Flow);
    }

    /// <summary>Where the clip of a voice ends, in milliseconds.</summary>
    public static long SoundEnd(string voice) => (long)(decimal.Parse(Voices[voice], CultureInfo.InvariantCulture) * 1000) - 50;

    public string Sha256(string name) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(folder.File(name))));

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
