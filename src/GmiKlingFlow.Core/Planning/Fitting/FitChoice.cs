using System.Globalization;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Rules;

namespace GmiKlingFlow.Core.Planning.Fitting;

/// <summary>One way to make a clip fit; what is null stays as it is.</summary>
/// <param name="InsertFrom">The earliest <c>sound_insert_time</c>; every one up to <paramref name="InsertTo"/> fits too.</param>
/// <param name="SoundEnd">A <c>sound_end_time</c>: a shorter clip.</param>
/// <param name="Face">Another face.</param>
/// <param name="FaceName">What the flow calls that face; null where it has no name for it.</param>
internal sealed record FitChoice(TimeSpan? InsertFrom, TimeSpan? InsertTo, TimeSpan? SoundEnd, Face? Face, string? FaceName)
{
    /// <summary>The entry with this choice taken.</summary>
    public EntrySubject Applied(EntrySubject entry, bool latest) => entry with
    {
        SoundInsert = (latest ? InsertTo : InsertFrom) is { } insert && entry.SoundInsert is { } was ? was with { Value = insert } : entry.SoundInsert,
        SoundEnd = SoundEnd is { } end && entry.SoundEnd is { } old ? old with { Value = end } : entry.SoundEnd,
        FaceId = Face is { } face && entry.FaceId is { } id ? id with { Value = face.Id } : entry.FaceId,
    };

    /// <returns>As in <c>face "ben" (id "1", seen 2000-6000 ms) · sound_insert_time 2000 to 2500</c>.</returns>
    public string Text(TimeSpan soundStart)
    {
        var parts = new List<string>();
        if (Face is { } face)
        {
            var seen = string.Create(CultureInfo.InvariantCulture, $"seen {Ms(face.Visible.Start)}-{Ms(face.Visible.End)} ms");
            parts.Add(FaceName is null ? $"face id \"{face.Id}\" ({seen})" : $"face \"{FaceName}\" (id \"{face.Id}\", {seen})");
        }

        if (InsertFrom is { } from && InsertTo is { } to)
        {
            parts.Add(from == to ? $"sound_insert_time {Ms(from)}" : $"sound_insert_time {Ms(from)} to {Ms(to)}");
        }

        if (SoundEnd is { } end)
        {
            parts.Add($"sound_end_time {Ms(end)} (a clip of {Ms(end - soundStart)} ms)");
        }

        return string.Join(" · ", parts);
    }

    private static string Ms(TimeSpan time) => Milliseconds.Of(time).ToString(CultureInfo.InvariantCulture);
}
