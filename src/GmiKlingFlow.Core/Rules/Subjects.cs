using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Core.Rules;

/// <summary>A source video as far as it is known; what is null is not checked.</summary>
/// <param name="Shown">How messages name it.</param>
public sealed record VideoSubject(string Shown, MediaFacts? Facts, TimeSpan? Duration, Place? Place);

/// <summary>An audio source as far as it is known; what is null is not checked.</summary>
public sealed record AudioSubject(string Shown, MediaFacts? Facts, TimeSpan? Duration, long? Bytes, Place? Place)
{
    /// <summary>The text itself where the audio is given as Base64 (<see cref="Bytes"/> is then the decoded size); null otherwise.</summary>
    public string? Base64 { get; init; }
}

/// <summary>One lip-sync request as far as it is known; what is null is not checked.</summary>
/// <param name="Faces">What identify returned; null before that.</param>
public sealed record SyncSubject(VideoSubject Video, IReadOnlyList<Face>? Faces, IReadOnlyList<EntrySubject> Entries);

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
    Place? Place);
