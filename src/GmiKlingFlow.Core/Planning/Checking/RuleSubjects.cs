using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Fitting;
using GmiKlingFlow.Core.Planning.Keys;
using GmiKlingFlow.Core.Planning.Payloads;
using GmiKlingFlow.Core.Rules;

namespace GmiKlingFlow.Core.Planning.Checking;

/// <summary>A flow's things as the API's rules look at them.</summary>
internal static class RuleSubjects
{
    private const int ShownBase64 = 24;

    public static VideoSubject Of(Video video) =>
        new(video.Name, video.Source.Media, video.Duration, video.SourcePlace) { Url = Url(video.Source) };

    /// <param name="now">Null where nothing may depend on the clock.</param>
    /// <returns>Null for a local file.</returns>
    public static UrlSubject? UrlOf(Video video, DateTimeOffset? now) => Url(video.Source) is { } url ? new(video.Name, url, now, video.SourcePlace) : null;

    /// <param name="now">Null where nothing may depend on the clock.</param>
    /// <returns>Null for a local file.</returns>
    public static UrlSubject? UrlOf(AudioTrack track, DateTimeOffset? now) => Url(track.Source) is { } url ? new(Shown(track), url, now, track.SourcePlace) : null;

    /// <param name="inlineAudio">True where local audio goes inside the requests whatever it is.</param>
    public static AudioSubject Of(AudioTrack track, bool inlineAudio)
    {
        // What can't be read as media has its own diagnostic, whatever its size.
        var facts = track.Source.Media;
        return new(Shown(track), facts, track.Duration, facts?.Bytes ?? (track.Source as MediaSource.RemoteUrl)?.Bytes, track.SourcePlace)
        {
            Url = Url(track.Source),
            IsInline = track.Source is MediaSource.LocalFile file && (inlineAudio || !SyncPayloads.CanBeUploaded(file)),
        };
    }

    public static AudioSubject Of(Located<Sound> sound, bool inlineAudio) => sound.Value switch
    {
        Sound.Track track => Of(track.Audio, inlineAudio),
        Sound.Base64 inline => new(Head(inline.Text), null, null, Base64Size.Of(inline.Text), sound.Place) { Base64 = inline.Text, IsInline = true },
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
        entry.Place)
    {
        // One that is not known may be anyone.
        FaceName = entry.Face.Selectors.Count == 0 ? null : entry.Face.Name,
    };

    // A sound_file is named by its URL, and a signed URL's parameters have no business in a message.
    public static string Shown(AudioTrack track) =>
        track.Source is MediaSource.RemoteUrl remote && track.Name == remote.Shown ? UrlIdentity.Of(remote.Url) : track.Name;

    // What was looked at in vain has its diagnostic.
    private static Uri? Url(MediaSource source) => (source as MediaSource.RemoteUrl) is { IsUnreadable: false } remote ? remote.Url : null;

    private static string Head(string text) => text.Length <= ShownBase64 ? text : $"{text[..ShownBase64]}…";
}
