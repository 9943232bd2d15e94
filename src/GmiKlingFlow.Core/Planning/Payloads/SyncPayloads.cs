using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Checking;
using GmiKlingFlow.Core.Planning.Fitting;

namespace GmiKlingFlow.Core.Planning.Payloads;

/// <summary>Builds the payloads, with the members in the order of api-contract 2.10.</summary>
internal sealed class SyncPayloads(IKnownWork known, bool inlineAudio)
{
    private static readonly PayloadValue.SessionId UnknownSession = new();

    private readonly Dictionary<AudioTrack, PayloadValue> sounds = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, PayloadValue> uploads = new(StringComparer.Ordinal);

    public PayloadValue.Object Identify(Video video) => new([new("video_url", video.Source switch
    {
        MediaSource.LocalFile file => Uploaded(file),
        var remote => new PayloadValue.Text(remote.Shown),
    })]);

    /// <summary>A later pass identifies the result of the one before.</summary>
    public static PayloadValue.Object Identify(int earlierPass) => new([new("video_url", new PayloadValue.PassResult(earlierPass))]);

    /// <param name="isLater">True: every face_id is unknown, because the result of the pass before is identified anew.</param>
    public PayloadValue.Object Sync(Job job, IReadOnlyList<EntryValues> values, bool isLater = false)
    {
        var entries = new PayloadValue[job.Entries.Count];
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = job.Entries[i];
            var members = entry.Verbatim is { } verbatim ? AsWritten(entry, verbatim) : Entry(entry, values[i], i);
            entries[i] = isLater ? WithUnknownFace(members, entry.Face) : members;
        }

        return new([new("session_id", UnknownSession), new("face_choose", new PayloadValue.Array(entries))]);
    }

    private PayloadValue.Object Entry(FaceEntry entry, EntryValues values, int index)
    {
        var members = new List<KeyValuePair<string, PayloadValue>>(7)
        {
            new("face_id", FlowChecker.OnlyId(entry.Face) is { } id ? new PayloadValue.Text(id) : new PayloadValue.FaceId(entry.Face)),
            entry.Sound.Value is Sound.AudioId audioId ? new("audio_id", new PayloadValue.Text(audioId.Id)) : new("sound_file", SoundFile(entry.Sound.Value)),
            new("sound_start_time", Time(values.Start, entry.SoundStart, index)),
            new("sound_end_time", Time(values.End, entry.SoundEnd, index)),
            new("sound_insert_time", Time(values.Insert, entry.SoundInsert, index)),
        };
        if (entry.SoundVolume is { } volume)
        {
            members.Add(new("sound_volume", Number(volume, index)));
        }

        if (entry.OriginalAudioVolume is { } original)
        {
            members.Add(new("original_audio_volume", Number(original, index)));
        }

        return new(members);
    }

    // Sent as written; only a local file can't be.
    private PayloadValue.Object AsWritten(FaceEntry entry, PayloadValue.Object verbatim) =>
        entry.Sound.Value is not Sound.Track { Audio.Source: MediaSource.LocalFile }
            ? verbatim
            : new([.. verbatim.Members.Select(member => member.Key == "sound_file" ? new(member.Key, SoundFile(entry.Sound.Value)) : member)]);

    private static PayloadValue.Object WithUnknownFace(PayloadValue.Object members, FaceName face) =>
        new([.. members.Members.Select(member => member.Key == "face_id" ? new(member.Key, new PayloadValue.FaceId(face)) : member)]);

    private PayloadValue SoundFile(Sound sound)
    {
        if (sound is not Sound.Track track)
        {
            return sound is Sound.Base64 inline ? new PayloadValue.Text(inline.Text) : throw new ArgumentOutOfRangeException(nameof(sound), sound, "Has no file.");
        }

        if (!sounds.TryGetValue(track.Audio, out var value))
        {
            value = track.Audio.Source switch
            {
                MediaSource.LocalFile file when inlineAudio || !CanBeUploaded(file) => new PayloadValue.InlineFile(file),
                MediaSource.LocalFile file => Uploaded(file),
                var remote => new PayloadValue.Text(remote.Shown),
            };
            sounds.Add(track.Audio, value);
        }

        return value;
    }

    // The grant's list has no m4a and no aac (api-contract 1, upload details).
    public static bool CanBeUploaded(MediaSource.LocalFile file) => file.Media?.Container is MediaContainer.Mp3 or MediaContainer.Wav;

    private PayloadValue Uploaded(MediaSource.LocalFile file)
    {
        if (!uploads.TryGetValue(file.Sha256, out var value))
        {
            value = known.UploadedUrl(file.Sha256) is { } url ? new PayloadValue.Text(url) : new PayloadValue.UploadedUrl(file);
            uploads.Add(file.Sha256, value);
        }

        return value;
    }

    private static PayloadValue Time(Located<TimeSpan>? known, Setting<TimeSpan>? setting, int index) => (known, setting) switch
    {
        ({ } value, _) => new PayloadValue.Integer(Milliseconds.Of(value.Value)),
        (null, Setting<TimeSpan>.Deferred deferred) => new PayloadValue.FromFace(deferred.Residual, index, AsMilliseconds: true),
        _ => throw new ArgumentException("A time that is neither known nor deferred was not blocked.", nameof(setting)),
    };

    private static PayloadValue Number(Setting<double> setting, int index) => setting switch
    {
        Setting<double>.Known known => new PayloadValue.Number(known.Value),
        Setting<double>.Deferred deferred => new PayloadValue.FromFace(deferred.Residual, index, AsMilliseconds: false),
        _ => throw new ArgumentOutOfRangeException(nameof(setting), setting, "An unknown setting."),
    };
}
