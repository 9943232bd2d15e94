using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Rules;

/// <summary>Every rule of Kling's that a request can break (api-contract 4.1-4.3). What is unknown is not checked, so the same
/// rules serve the text, the probed media, the faces once they are known, and the exact payload before it is sent.</summary>
public static class ApiRules
{
    private static readonly IReadOnlyList<IRule<VideoSubject>> VideoRules =
    [
        new VideoFormatRule(),
        new VideoPictureRule(),
        new VideoSizeRule(),
        new VideoDurationRule(),
        new VideoDimensionsRule(),
        new VideoResolutionRule(),
    ];

    private static readonly IReadOnlyList<IRule<AudioSubject>> AudioRules =
    [
        new AudioInlineRule(),
        new AudioFormatRule(),
        new AudioSoundRule(),
        new AudioSizeRule(),
        new AudioDurationRule(),
    ];

    private static readonly IReadOnlyList<IRule<SyncSubject>> RequestRules = [new EntriesPresentRule()];

    private static readonly IReadOnlyList<IRule<EntryInRequest>> EntryRules =
    [
        new FaceIdRule(),
        new SoundStartRule(),
        new SoundEndRule(),
        new ClipLengthRule(),
        new SoundInsertRule(),
        new ClipInVideoRule(),
        new FaceOverlapRule(),
        new VolumeRule(),
    ];

    /// <summary>A source video by itself (api-contract 4.1).</summary>
    public static IEnumerable<Diagnostic> Check(VideoSubject video, KlingLimits limits) =>
        VideoRules.SelectMany(rule => rule.Check(video, limits));

    /// <summary>An audio source by itself (api-contract 4.3).</summary>
    public static IEnumerable<Diagnostic> Check(AudioSubject audio, KlingLimits limits) =>
        AudioRules.SelectMany(rule => rule.Check(audio, limits));

    /// <summary>The entries of one lip-sync request against their audio, the video and its faces (api-contract 4.2, 4.3).
    /// The video and the audio by themselves are checked by the other two.</summary>
    public static IEnumerable<Diagnostic> Check(SyncSubject sync, KlingLimits limits) =>
        RequestRules.SelectMany(rule => rule.Check(sync, limits))
            .Concat(sync.Entries.SelectMany(entry => EntryRules.SelectMany(rule => rule.Check(new(entry, sync), limits))));
}
