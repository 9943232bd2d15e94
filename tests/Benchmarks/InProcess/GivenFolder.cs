using System.Globalization;
using System.Runtime.CompilerServices;

namespace GmiKlingFlow.Benchmarks;

/// <summary>A folder with the quickstart's media and a flow of many jobs, each written out.</summary>
internal static class GivenFolder
{
    public const int Jobs = 100;

    /// <returns>The flow's path.</returns>
    public static string Make()
    {
        var folder = Directory.CreateTempSubdirectory("gkflow-bench-").FullName;
        foreach (var media in (string[])["clips/host.mp4", "audio/hello.wav"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, media)) ?? folder);
            File.Copy(Path.Combine(Quickstart(), media), Path.Combine(folder, media));
        }

        var path = Path.Combine(folder, "flow.yaml");
        File.WriteAllText(path, Text());
        return path;
    }

    public static void Remove(string flow) => Directory.Delete(Path.GetDirectoryName(flow) ?? flow, recursive: true);

    public static string Text() => """
        apiVersion: gmiklingflow/v1
        kind: Flow
        name: bench
        vars: { louder: 2 }
        videos:
          host: { source: clips/host.mp4, faces: { anna: { only: true } } }
        audio:
          hello: { source: audio/hello.wav }
        jobs:

        """ + string.Concat(Enumerable.Range(1, Jobs).Select(static number => string.Create(CultureInfo.InvariantCulture, $$"""
              - id: job-{{number}}
                video: host
                labels: { number: "{{number}}" }
                faces:
                  - { face: anna, audio: hello, sound_insert_time: {{number}}, sound_volume: "{{"{{ vars.louder / 2 }}"}}", original_audio_volume: 0 }

            """)));

    private static string Quickstart([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here) ?? here, "../../../examples/quickstart"));
}
