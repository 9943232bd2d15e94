using GmiKlingFlow.Testing;

namespace GmiKlingFlow.Cli.Tests.Pages;

/// <summary>The files that the pages speak of: flows, clips, audio.</summary>
internal static class PageWorld
{
    private const string Host = "  - id: host-de\n    labels: { locale: de }\n    video: host\n    faces: [{ face: anna, audio: hello, sound_end_time: 4s }]\n";

    public static void WriteTo(TemporaryFolder folder)
    {
        foreach (var (name, example) in new[] { ("clips/host.mp4", "quickstart/clips/host.mp4"), ("clips/guest.mp4", "two-speakers/clips/interview.mp4"), ("new-take.mp4", "two-speakers/clips/interview.mp4"), ("audio/hello.wav", "quickstart/audio/hello.wav") })
        {
            folder.Write(name, "");
            File.Copy(RepositoryFolder.Combine(["examples", .. example.Split('/')]), folder.File(name), overwrite: true);
        }

        folder.Write("flow.yaml", Flow());
        foreach (var (file, name) in new[] { ("launch.yaml", "launch"), ("other.yaml", "other"), ("a.yaml", "a"), ("b.yaml", "b") })
        {
            folder.Write(file, Flow(name));
        }

        folder.Write("flows/launch.yaml", Below(Flow("launch")));
        folder.Write("examples/quickstart/flow.yaml", Below(Flow()).Replace("../", "../../", StringComparison.Ordinal));
        folder.Write("de/launch.yaml", Below(Flow("launch")));
        folder.Write("fr/launch.yaml", Below(Flow("launch")));

        // A file where a page means a folder that nobody can write to.
        folder.Write("taken", "");
    }

    /// <param name="jobs">In YAML; null: one.</param>
    public static string Flow(string name = "launch-trailer", string? jobs = null) => $$"""
        apiVersion: gmiklingflow/v1
        kind: Flow
        name: {{name}}
        vars: { locale: en, locales: [en] }
        videos:
          host: { source: clips/host.mp4, faces: { anna: { longest: true } } }
        audio:
          hello: { source: audio/hello.wav }
        jobs:

        """ + (jobs ?? Host);

    public static string Below(string flow) => flow.Replace("clips/", "../clips/", StringComparison.Ordinal).Replace("audio/", "../audio/", StringComparison.Ordinal);

    /// <summary>Two videos, one job each.</summary>
    public static string TwoVideos() => Flow(jobs: Host + Host.Replace("host", "guest", StringComparison.Ordinal))
        .Replace("audio:\n", "  guest: { source: clips/guest.mp4, faces: { anna: { longest: true } } }\naudio:\n", StringComparison.Ordinal);
}
