using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Rules;

/// <summary><c>sound_insert_time</c> is on the video's clock and not negative (api-contract 4.3).</summary>
internal sealed class SoundInsertRule : IRule<EntryInRequest>
{
    public RuleCard Card => new(
        "sound_insert_time",
        "The clip is inserted on the video's clock, not before it.",
        static _ => "0 ms or more",
        "4.3 (K-LS)",
        "DOC",
        RuleStages.Text | RuleStages.Identify | RuleStages.Bytes,
        "GKF4127");

    public IEnumerable<Diagnostic> Check(EntryInRequest subject, KlingLimits limits)
    {
        if (subject.Entry.SoundInsert is { } insert && insert.Value < TimeSpan.Zero)
        {
            yield return RuleDiagnostics.SoundInsertNegative(insert.Place, insert.Value);
        }
    }
}
