using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Cli.Output.Plans;

/// <summary>One element of a planned <c>face_choose</c> with what belongs to it.</summary>
/// <param name="Face">The chosen face; null while it is not known.</param>
internal sealed record PlannedEntry(FaceEntry Entry, PayloadValue.Object Members, Face? Face)
{
    public static IReadOnlyList<PlannedEntry> Of(PlannedPass pass)
    {
        var items = (pass.Sync.Payload.Members.FirstOrDefault(member => member.Key == "face_choose").Value as PayloadValue.Array)?.Items ?? [];
        return [.. items.OfType<PayloadValue.Object>().Select((members, i) => new PlannedEntry(pass.Job.Entries[i], members, pass.Faces?[i]))];
    }

    /// <summary>Where the clip plays on the video's clock, from what is sent; null while a number of it is unknown.</summary>
    public TimeRange? Clip =>
        Number("sound_start_time") is { } start && Number("sound_end_time") is { } end && Number("sound_insert_time") is { } insert
            ? new TimeRange(insert, insert + (end - start))
            : null;

    private TimeSpan? Number(string name) =>
        Members.Members.FirstOrDefault(member => member.Key == name).Value is PayloadValue.Integer { Value: >= 0 and <= 86_400_000 and var number }
            ? TimeSpan.FromMilliseconds(number)
            : null;
}
