namespace GmiKlingFlow.Core.Rules;

/// <summary>One entry together with the request it belongs to: what the rules of <c>face_choose</c> look at.</summary>
internal sealed record EntryInRequest(EntrySubject Entry, SyncSubject Request)
{
    /// <summary>How long the clip is; null while an end of it is unknown.</summary>
    public TimeSpan? ClipLength =>
        Entry.SoundStart is { } start && Entry.SoundEnd is { } end ? SaturatedTime.Subtract(end.Value, start.Value) : null;

    /// <summary>How long there is a picture: sound that outlasts it has no face to move.</summary>
    public TimeSpan? VideoDuration => Request.Video.Facts?.Video?.Duration ?? Request.Video.Facts?.Duration ?? Request.Video.Duration;

    public TimeSpan? AudioDuration => Entry.Audio.Facts?.Duration ?? Entry.Audio.Duration;
}
