using System.Text.Json;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Core.Rules;

/// <summary>A request's payload exactly as it is sent.</summary>
/// <param name="Place">What the payload was made from; its members are told as members of this.</param>
public sealed record PayloadSubject(JsonElement Payload, Place Place)
{
    /// <summary>The elements of <c>face_choose</c>; none where it is no array.</summary>
    public IEnumerable<EntryPayload> Entries =>
        Payload.ValueKind == JsonValueKind.Object && Payload.TryGetProperty("face_choose", out var entries) && entries.ValueKind == JsonValueKind.Array
            ? entries.EnumerateArray().Select((entry, i) => new EntryPayload(entry, Place.Member("face_choose").Element(i)))
            : [];
}

/// <summary>One element of <c>face_choose</c> exactly as it is sent. A member that is missing, or of another kind than the API's, reads as null.</summary>
public sealed record EntryPayload(JsonElement Entry, Place Place)
{
    // Anything beyond is out of every range, and must not overflow a TimeSpan.
    private const long LongestMilliseconds = 1_000_000_000_000;

    public Located<string>? FaceId => Text("face_id");

    /// <summary>Null where it is empty, which counts as left out (api-contract 4.1).</summary>
    public string? SoundFile => Text("sound_file")?.Value is { Length: > 0 } text ? text : null;

    /// <summary>Null where it is empty, which counts as left out.</summary>
    public string? AudioId => Text("audio_id")?.Value is { Length: > 0 } text ? text : null;

    public Located<TimeSpan>? SoundStart => Time("sound_start_time");

    public Located<TimeSpan>? SoundEnd => Time("sound_end_time");

    public Located<TimeSpan>? SoundInsert => Time("sound_insert_time");

    public Located<double>? SoundVolume => Number("sound_volume");

    public Located<double>? OriginalAudioVolume => Number("original_audio_volume");

    /// <summary>The entry as the other rules look at it.</summary>
    /// <param name="audio">What is known of the audio that it sends.</param>
    public EntrySubject ToSubject(AudioSubject audio) =>
        new(FaceId, audio, SoundStart, SoundEnd, SoundEndIsChosenByTool: false, SoundInsert, SoundVolume, OriginalAudioVolume, Place);

    private Located<string>? Text(string name) =>
        PayloadMember.Find(Entry, name) is { ValueKind: JsonValueKind.String } value ? new(value.GetString() ?? "", Place.Member(name)) : null;

    private Located<TimeSpan>? Time(string name) =>
        PayloadMember.Find(Entry, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var milliseconds)
            ? new(TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, -LongestMilliseconds, LongestMilliseconds)), Place.Member(name))
            : null;

    private Located<double>? Number(string name) =>
        PayloadMember.Find(Entry, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) ? new(number, Place.Member(name)) : null;
}
