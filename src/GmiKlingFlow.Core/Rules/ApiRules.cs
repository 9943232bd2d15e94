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

    private static readonly IReadOnlyList<IRule<UrlSubject>> UrlRules = [new UrlReachableRule(), new UrlExpiryRule()];

    private static readonly IReadOnlyList<IRule<AudioSubject>> AudioRules =
    [
        new AudioInlineRule(),
        new AudioFormatRule(),
        new AudioSoundRule(),
        new AudioSizeRule(),
        new AudioInlineSizeRule(),
        new AudioDurationRule(),
    ];

    private static readonly IReadOnlyList<IRule<SyncSubject>> RequestRules = [new SessionAgeRule(), new EntriesPresentRule(), new OnePersonRule()];

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

    /// <summary>What is said of each rule, in the order of the API contract.</summary>
    public static IReadOnlyList<RuleCard> Cards =>
    [
        OfPayloads.VideoInput.Card,
        .. VideoRules.Select(static rule => rule.Card),
        .. UrlRules.Select(static rule => rule.Card),
        OfPayloads.SyncMembers.Card,
        .. RequestRules.Select(static rule => rule.Card),
        .. OfPayloads.Entry.Select(static rule => rule.Card),
        .. AudioRules.Select(static rule => rule.Card),
        .. EntryRules.Select(static rule => rule.Card),
    ];

    /// <summary>A source video by itself (api-contract 4.1).</summary>
    public static IEnumerable<Diagnostic> Check(VideoSubject video, KlingLimits limits) =>
        VideoRules.SelectMany(rule => rule.Check(video, limits));

    /// <summary>A URL that the service is to fetch (api-contract 4.1, "URL").</summary>
    public static IEnumerable<Diagnostic> Check(UrlSubject url, KlingLimits limits) =>
        UrlRules.SelectMany(rule => rule.Check(url, limits));

    /// <summary>An audio source by itself (api-contract 4.3).</summary>
    public static IEnumerable<Diagnostic> Check(AudioSubject audio, KlingLimits limits) =>
        AudioRules.SelectMany(rule => rule.Check(audio, limits));

    /// <summary>The entries of one lip-sync request against their audio, the video and its faces (api-contract 4.2, 4.3).
    /// The video and the audio by themselves are checked by the other two.</summary>
    public static IEnumerable<Diagnostic> Check(SyncSubject sync, KlingLimits limits) =>
        RequestRules.SelectMany(rule => rule.Check(sync, limits))
            .Concat(sync.Entries.SelectMany(entry => EntryRules.SelectMany(rule => rule.Check(new(entry, sync), limits))));

    /// <summary>The shape of an identify payload (api-contract 4.1, "Input").</summary>
    public static IEnumerable<Diagnostic> CheckIdentify(PayloadSubject payload, KlingLimits limits) => OfPayloads.VideoInput.Check(payload, limits);

    /// <summary>The shape of a lip-sync payload (api-contract 4.3); what its values mean is checked by the others.</summary>
    public static IEnumerable<Diagnostic> CheckSync(PayloadSubject payload, KlingLimits limits) =>
        OfPayloads.SyncMembers.Check(payload, limits)
            .Concat(payload.Entries.SelectMany(entry => OfPayloads.Entry.SelectMany(rule => rule.Check(entry, limits))));

    /// <summary>Apart, so that what checks only flows does not load the JSON that these read.</summary>
    private static class OfPayloads
    {
        public static readonly VideoInputRule VideoInput = new();
        public static readonly SyncMembersRule SyncMembers = new();
        public static readonly IReadOnlyList<IRule<EntryPayload>> Entry = [new EntryMembersRule(), new EntrySoundRule()];
    }
}
