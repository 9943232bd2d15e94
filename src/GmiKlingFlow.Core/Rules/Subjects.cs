using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Core.Rules;

/// <summary>A source video as far as it is known; what is null is not checked.</summary>
/// <param name="Shown">How messages name it.</param>
public sealed record VideoSubject(string Shown, MediaFacts? Facts, TimeSpan? Duration, Place? Place)
{
    /// <summary>Where the service is to fetch it; null for a local file.</summary>
    public Uri? Url { get; init; }

    /// <summary>How long there is a picture: sound that outlasts it has no face to move.</summary>
    internal TimeSpan? PictureLength => Facts?.Video?.Duration ?? Facts?.Duration ?? Duration;
}

/// <summary>An audio source as far as it is known; what is null is not checked.</summary>
public sealed record AudioSubject(string Shown, MediaFacts? Facts, TimeSpan? Duration, long? Bytes, Place? Place)
{
    /// <summary>The text itself where the audio is given as Base64 (<see cref="Bytes"/> is then the decoded size); null otherwise.</summary>
    public string? Base64 { get; init; }

    /// <summary>Where the service is to fetch it; null for a local file and for audio inside the request.</summary>
    public Uri? Url { get; init; }

    /// <summary>How long there is sound.</summary>
    internal TimeSpan? SoundLength => Facts?.Audio?.Duration ?? Facts?.Duration ?? Duration;

    /// <summary>True where the audio goes inside the request, as Base64.</summary>
    public bool IsInline { get; init; }
}

/// <summary>A URL that the service is to fetch.</summary>
/// <param name="Shown">How messages name what it leads to: a URL's own text may hold a signature.</param>
/// <param name="Now">Null where nothing may depend on the clock.</param>
public sealed record UrlSubject(string Shown, Uri Url, DateTimeOffset? Now, Place? Place);

/// <summary>One lip-sync request as far as it is known; what is null is not checked.</summary>
/// <param name="Faces">What identify returned; null before that.</param>
public sealed record SyncSubject(VideoSubject Video, IReadOnlyList<Face>? Faces, IReadOnlyList<EntrySubject> Entries)
{
    /// <summary>How long ago the request's session was made; null before that.</summary>
    public TimeSpan? SessionAge { get; init; }

    /// <summary>True when the flow says itself that several people go into one request.</summary>
    public bool SeveralPeopleAreMeant { get; init; }
}

/// <summary>One element of <c>face_choose</c> as far as it is known; what is null is not checked.</summary>
/// <param name="SoundEndIsChosenByTool">True when the flow leaves <c>sound_end_time</c> out: then no margin warning is due.</param>
public sealed record EntrySubject(
    Located<string>? FaceId,
    AudioSubject Audio,
    Located<TimeSpan>? SoundStart,
    Located<TimeSpan>? SoundEnd,
    bool SoundEndIsChosenByTool,
    Located<TimeSpan>? SoundInsert,
    Located<double>? SoundVolume,
    Located<double>? OriginalAudioVolume,
    Place? Place)
{
    /// <summary>What the flow calls the person, for entries whose <c>face_id</c> is not known yet; null where it is no matter.</summary>
    public string? FaceName { get; init; }
}
