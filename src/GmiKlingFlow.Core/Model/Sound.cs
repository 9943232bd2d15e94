namespace GmiKlingFlow.Core.Model;

/// <summary>What a face entry says: the audio that its clip is cut from.</summary>
public abstract record Sound
{
    private Sound()
    {
    }

    /// <summary>An audio track of the flow, or a <c>sound_file</c> that is a URL or a local file (then named by what was written).</summary>
    public sealed record Track(AudioTrack Audio) : Sound;

    /// <summary>A <c>sound_file</c> that is bare Base64 in the flow itself.</summary>
    public sealed record Base64(string Text) : Sound;

    /// <summary>Kling's own <c>audio_id</c> (only in a verbatim <c>face_choose</c>).</summary>
    public sealed record AudioId(string Id) : Sound;
}
