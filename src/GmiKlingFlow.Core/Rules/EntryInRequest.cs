namespace GmiKlingFlow.Core.Rules;

/// <summary>One entry together with the request it belongs to: what the rules of <c>face_choose</c> look at.</summary>
internal sealed record EntryInRequest(EntrySubject Entry, SyncSubject Request)
{
    /// <summary>How long the clip is; null while an end of it is unknown.</summary>
    public TimeSpan? ClipLength =>
        Entry.SoundStart is { } start && Entry.SoundEnd is { } end ? SaturatedTime.Subtract(end.Value, start.Value) : null;

    public TimeSpan? VideoDuration => Request.Video.PictureLength;

    public TimeSpan? AudioDuration => Entry.Audio.SoundLength;
}
