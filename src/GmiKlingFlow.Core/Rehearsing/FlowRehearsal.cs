using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Linting;
using GmiKlingFlow.Core.Manifests.Yaml;
using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Checking;
using GmiKlingFlow.Core.Rules;

namespace GmiKlingFlow.Core.Rehearsing;

/// <summary>
/// The ways of a check, gone once over a flow made up here: whoever goes them next finds their code loaded and bound, which is most of what a check of one
/// flow costs (tests/Benchmarks, start-up). Pure: no file, no clock, nothing told. Safe beside a check that is at work.
/// </summary>
public static class FlowRehearsal
{
    private static readonly Place Nowhere = new(SourceSpan.StartOf(""), "");

    /// <summary>Text to YAML.</summary>
    /// <returns>Nothing: a problem would lead through code that a sound flow does not need.</returns>
    public static IReadOnlyCollection<Diagnostic> Reading()
    {
        var problems = new DiagnosticBag();
        ManifestReader.Read(new ManifestText("", "", "a: [b]\n"), problems);
        return problems;
    }

    /// <summary>Every check that needs no service.</summary>
    /// <returns>Nothing: a problem would lead through code that a sound flow does not need.</returns>
    public static IReadOnlyCollection<Diagnostic> Checking()
    {
        var (flow, problems) = (MadeUp(), new DiagnosticBag());
        FlowChecks.Check(flow, KlingLimits.Current, problems);
        FlowLint.Check(flow, KlingLimits.Current, problems);
        SignedUrlLint.Check(flow.Jobs, flow.Run.Deadline, DateTimeOffset.UnixEpoch, KlingLimits.Current, problems);
        return problems;
    }

    private static Flow MadeUp()
    {
        var length = TimeSpan.FromSeconds(5);
        var sound = new AudioTrackFacts("aac", 48_000, 2, length);
        var picture = new VideoTrackFacts("h264", 1280, 720, length);
        var face = new FaceName("a", [new FaceSelector.Only()], Nowhere);
        var video = new Video(
            "a",
            new MediaSource.LocalFile("a.mp4", "", null, 1, new MediaFacts(MediaContainer.Mp4, 1, length, picture, sound)),
            length,
            new Dictionary<string, FaceName>(StringComparer.Ordinal) { [face.Name] = face },
            Nowhere);
        var track = new AudioTrack("a", new MediaSource.LocalFile("a.wav", "", null, 1, new MediaFacts(MediaContainer.Wav, 1, length, null, sound)), length, Nowhere);
        var start = new Setting<TimeSpan>.Known(TimeSpan.Zero, Nowhere);
        var entry = new FaceEntry(face, new Located<Sound>(new Sound.Track(track), Nowhere), start, null, start, null, new Setting<double>.Known(0, Nowhere), null, Nowhere);
        return new Flow(
            "a",
            "",
            "",
            null,
            new Dictionary<string, Video>(StringComparer.Ordinal) { [video.Name] = video },
            new Dictionary<string, AudioTrack>(StringComparer.Ordinal) { [track.Name] = track },
            [new Job("a", [], video, [entry], "a.mp4", null, false, Nowhere)],
            new RunSettings());
    }
}
