using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Rules;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Core.Tests.Rules;

/// <summary>Subjects that break no rule, for a test to change one thing of.</summary>
internal static class Given
{
    public static readonly Place Place = new(new SourceSpan("flow.yaml", 3, 5, 3, 9), "jobs[0].faces[0]");

    public static MediaFacts VideoFacts(MediaContainer container = MediaContainer.Mp4, long bytes = 1000, double seconds = 7, int width = 1280, int height = 720) =>
        new(container, bytes, Seconds(seconds), new("h264", width, height, Seconds(seconds)), null);

    public static MediaFacts AudioFacts(MediaContainer container = MediaContainer.Wav, long bytes = 1000, double seconds = 3.15) =>
        new(container, bytes, Seconds(seconds), null, new("pcm_s16le", 48000, 1, Seconds(seconds)));

    public static VideoSubject Video(MediaFacts? facts) => new("host", facts, null, Place);

    public static AudioSubject Audio(MediaFacts? facts) => new("hello.de", facts, null, null, Place);

    public static EntrySubject Entry(int start = 0, int? end = 3000, int insert = 0, string? face = "0", double? sound = null, double? original = null, bool chosen = false) =>
        new(
            face is null ? null : At(face, "face_id"),
            Audio(AudioFacts()),
            At(TimeSpan.FromMilliseconds(start), "sound_start_time"),
            end is { } known ? At(TimeSpan.FromMilliseconds(known), "sound_end_time") : null,
            chosen,
            At(TimeSpan.FromMilliseconds(insert), "sound_insert_time"),
            sound is { } soundVolume ? At(soundVolume, "sound_volume") : null,
            original is { } originalVolume ? At(originalVolume, "original_audio_volume") : null,
            Place);

    public static SyncSubject Sync(params EntrySubject[] entries) =>
        new(Video(VideoFacts()), [Face("0", 0, 6960)], entries);

    public static Face Face(string id, int start, int end) =>
        new(id, new TimeRange(TimeSpan.FromMilliseconds(start), TimeSpan.FromMilliseconds(end)), null);

    public static Located<T> At<T>(T value, string member) => new(value, Place.Member(member));

    // To the nearest tick: cut off, 2.78 s is one short of 2780 ms.
    private static TimeSpan Seconds(double seconds) => TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));

    public static IReadOnlyList<string> Told(IEnumerable<Diagnostic> diagnostics) => [.. diagnostics.Select(d => $"{d.Severity} {d.Code}: {d.Message}")];

    public static IReadOnlyList<string> Codes(IEnumerable<Diagnostic> diagnostics) => [.. diagnostics.Select(d => d.Code)];
}
