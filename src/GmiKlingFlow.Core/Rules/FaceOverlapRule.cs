using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Core.Rules;

/// <summary>The inserted clip and the face's interval share at least 2 s (api-contract 4.3, "overlap"). The interval's end lies some
/// milliseconds past the true one (4.2), so an overlap that lives of the last 50 ms is warned about (8, trap 2).</summary>
internal sealed class FaceOverlapRule : IRule<EntryInRequest>
{
    public RuleCard Card => new(
        "sound_insert_time",
        "The inserted clip and the face's interval share enough time; an overlap that needs the interval's last moments is warned about.",
        static limits => $"{LimitText.Least(limits.OverlapShortest)}; margin {LimitText.Time(limits.EndMargin)}",
        "4.2, 4.3, 8 traps 1 and 2 (K-LS; K-OLD on the interval's end)",
        "DOC, margin: DOC (older)",
        RuleStages.Identify | RuleStages.Bytes,
        "GKF4130", "GKF4131");

    public IEnumerable<Diagnostic> Check(EntryInRequest subject, KlingLimits limits)
    {
        if (subject is not { Entry: { FaceId: { } id, SoundInsert: { } insert }, Request.Faces: { } faces, ClipLength: { } length }
            || insert.Value < TimeSpan.Zero
            || length < limits.ClipShortest
            || faces.FirstOrDefault(face => string.Equals(face.Id, id.Value, StringComparison.Ordinal)) is not { } face)
        {
            yield break;
        }

        var clip = new TimeRange(insert.Value, SaturatedTime.Add(insert.Value, length));
        var overlap = clip.Overlap(face.Visible);
        var safe = clip.Overlap(face.Visible with { End = SaturatedTime.Subtract(face.Visible.End, limits.EndMargin) });
        if (overlap < limits.OverlapShortest)
        {
            yield return RuleDiagnostics.OverlapTooShort(insert.Place, clip, face, overlap, limits.OverlapShortest);
        }
        else if (safe < limits.OverlapShortest)
        {
            yield return RuleDiagnostics.OverlapInMargin(insert.Place, clip, face, overlap, limits.EndMargin);
        }
    }
}
