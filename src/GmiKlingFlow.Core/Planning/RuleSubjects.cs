using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Rules;

namespace GmiKlingFlow.Core.Planning;

/// <summary>A flow's things as the API's rules look at them.</summary>
internal static class RuleSubjects
{
    private const int ShownBase64 = 24;

    public static VideoSubject Of(Video video) =>
        new(video.Name, (video.Source as MediaSource.LocalFile)?.Media, video.Duration, video.SourcePlace);

    public static AudioSubject Of(AudioTrack track)
    {
        var file = track.Source as MediaSource.LocalFile;

        // What can't be read as media has its own diagnostic, whatever its size.
        return new(Shown(track), file?.Media, track.Duration, file?.Media is null ? null : file.Bytes, track.SourcePlace);
    }

    public static AudioSubject Of(Located<Sound> sound) => sound.Value switch
    {
        Sound.Track track => Of(track.Audio),
        Sound.Base64 inline => new(Head(inline.Text), null, null, inline.Text.Length / 4L * 3, sound.Place) { Base64 = inline.Text },
        Sound.AudioId id => new(id.Id, null, null, null, sound.Place),
        _ => throw new ArgumentOutOfRangeException(nameof(sound), sound, "An unknown kind of sound."),
    };

    /// <param name="faceId">The chosen face; null while it is unknown.</param>
    public static EntrySubject Of(FaceEntry entry, EntryValues values, AudioSubject audio, string? faceId) => new(
        faceId is null ? null : new(faceId, entry.Face.Place),
        audio,
        values.Start,
        values.End,
        values.EndIsChosenByTool,
        values.Insert,
        values.SoundVolume,
        values.OriginalAudioVolume,
        entry.Place);

    // A sound_file is named by its URL, and a signed URL's parameters have no business in a message.
    public static string Shown(AudioTrack track) =>
        track.Source is MediaSource.RemoteUrl remote && track.Name == remote.Shown ? UrlIdentity.Of(remote.Url) : track.Name;

    private static string Head(string text) => text.Length <= ShownBase64 ? text : $"{text[..ShownBase64]}…";
}
