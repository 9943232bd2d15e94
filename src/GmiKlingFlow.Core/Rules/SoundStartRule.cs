using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Rules;

/// <summary><c>sound_start_time</c> counts from the start of the audio (api-contract 4.3).</summary>
internal sealed class SoundStartRule : IRule<EntryInRequest>
{
    public RuleCard Card => new(
        "sound_start_time",
        "The clip starts within the audio.",
        static _ => "0 ms or more",
        "4.3 (K-LS)",
        "DOC",
        RuleStages.Text | RuleStages.Identify | RuleStages.Bytes,
        "GKF4123");

    public IEnumerable<Diagnostic> Check(EntryInRequest subject, KlingLimits limits)
    {
        if (subject.Entry.SoundStart is { } start && start.Value < TimeSpan.Zero)
        {
            yield return RuleDiagnostics.SoundStartNegative(start.Place, start.Value);
        }
    }
}
