using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Choosing;
using GmiKlingFlow.Core.Rules;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Core.Planning.Fitting;

/// <summary>A face entry's numbers as far as they are known; what is null depends on the face.</summary>
/// <param name="EndIsChosenByTool">True when the flow leaves <c>sound_end_time</c> out.</param>
internal sealed record EntryValues(
    Located<TimeSpan>? Start,
    Located<TimeSpan>? End,
    bool EndIsChosenByTool,
    Located<TimeSpan>? Insert,
    Located<double>? SoundVolume,
    Located<double>? OriginalAudioVolume)
{
    /// <summary>Where the clip plays on the video's clock; null while a number of it is unknown.</summary>
    public TimeRange? ClipOnVideo =>
        Start is { } start && End is { } end && Insert is { } insert
            ? new TimeRange(insert.Value, SaturatedTime.Add(insert.Value, SaturatedTime.Subtract(end.Value, start.Value)))
            : null;

    public static EntryValues KnownNow(FaceEntry entry, KlingLimits limits)
    {
        var start = KnownTime(entry.SoundStart);
        var isLeftOut = entry.SoundEnd is null && entry.Verbatim is null;
        var end = isLeftOut ? EndOfAudio(entry, start?.Value ?? TimeSpan.Zero, limits) : KnownTime(entry.SoundEnd);
        return new(start, end, isLeftOut, KnownTime(entry.SoundInsert), Known(entry.SoundVolume), Known(entry.OriginalAudioVolume));
    }

    /// <summary>The same with what depends on the face evaluated; stays null, with a diagnostic, where that fails.</summary>
    public EntryValues With(FaceEntry entry, Face face, DiagnosticBag problems) =>
        this with
        {
            Start = Start ?? Time(entry.SoundStart, face, problems),
            End = End ?? Time(entry.SoundEnd, face, problems),
            Insert = Insert ?? Time(entry.SoundInsert, face, problems),
            SoundVolume = SoundVolume ?? Number(entry.SoundVolume, face, problems),
            OriginalAudioVolume = OriginalAudioVolume ?? Number(entry.OriginalAudioVolume, face, problems),
        };

    private static Located<TimeSpan>? Time(Setting<TimeSpan>? setting, Face face, DiagnosticBag problems) =>
        setting is Setting<TimeSpan>.Deferred deferred && FaceExpressions.Time(deferred.Residual, face, deferred.Place, problems) is { } time
            ? new(Milliseconds.Floor(time), deferred.Place)
            : null;

    // What is checked is what is sent: whole milliseconds.
    private static Located<TimeSpan>? KnownTime(Setting<TimeSpan>? setting) => Known(setting) is { } time ? time with { Value = Milliseconds.Floor(time.Value) } : null;

    private static Located<double>? Number(Setting<double>? setting, Face face, DiagnosticBag problems) =>
        setting is Setting<double>.Deferred deferred && FaceExpressions.Number(deferred.Residual, face, deferred.Place, problems) is { } number
            ? new(number, deferred.Place)
            : null;

    private static Located<TimeSpan>? EndOfAudio(FaceEntry entry, TimeSpan start, KlingLimits limits)
    {
        if (entry.Sound.Value is not Sound.Track { Audio.Duration: { } duration })
        {
            return null;
        }

        // The margin must not eat into the two seconds that the API wants (api-contract 8, trap 1).
        var hasRoom = SoundEndRule.HasRoomForMargin(duration, start, limits);
        return new(hasRoom ? Milliseconds.Floor(duration) - limits.EndMargin : Milliseconds.Floor(duration), entry.Place);
    }

    private static Located<T>? Known<T>(Setting<T>? setting) => setting is Setting<T>.Known known ? new(known.Value, known.Place) : null;
}
