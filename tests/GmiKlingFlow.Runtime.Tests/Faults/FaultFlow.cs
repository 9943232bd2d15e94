using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.Tests.Execution;

namespace GmiKlingFlow.Runtime.Tests.Faults;

/// <summary>Jobs that share a video, that have one to themselves, that are the same job twice, and that only come to the same request.</summary>
internal static class FaultFlow
{
    private static readonly Place Somewhere = new(SourceSpan.StartOf("flow.yaml"), "");

    public static Flow Of(SmallMedia media) => TestFlow.Of(
        Job(media, "first", "a", "a.mp3"),
        Job(media, "second", "a", "b.mp3"),
        Job(media, "second-again", "a", "b.mp3"),
        ById(Job(media, "second-by-id", "a", "b.mp3")),
        Job(media, "third", "b", "c.wav"),
        Job(media, "fourth", "b", "c.wav", 0.25));

    /// <summary>Any number of jobs, each with a request of its own.</summary>
    public static Flow OfMany(SmallMedia media, int jobs) => TestFlow.Of(
        [.. Enumerable.Range(0, jobs).Select(i => Job(media, $"job-{i}", "b", i % 2 == 0 ? "b.mp3" : "c.wav", 0, 1 + (i / 2 / 10_000d)))]);

    public static Job Job(SmallMedia media, string id, string video, string audio, double insertSeconds = 0, double? volume = null)
    {
        var job = TestFlow.Job(id, media[$"{video}.mp4"], video, media[audio], insertSeconds: insertSeconds);
        return volume is { } v ? job with { Entries = [job.Entries[0] with { SoundVolume = new Setting<double>.Known(v, Somewhere) }] } : job;
    }

    /// <summary>The same face by another selector: another key, and in the end the same request.</summary>
    public static Job ById(Job job) =>
        job with { Entries = [job.Entries[0] with { Face = new FaceName("anna", [new FaceSelector.ById("0")], Somewhere) }] };
}
