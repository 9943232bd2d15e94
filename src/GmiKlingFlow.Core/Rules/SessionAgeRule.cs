using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Rules;

/// <summary>A session lasts 24 hours (older official text; api-contract 4.2).</summary>
internal sealed class SessionAgeRule : IRule<SyncSubject>
{
    public RuleCard Card => new(
        "session_id",
        "The session is young enough; the run identifies anew before its end, with a margin.",
        static limits => LimitText.Session(limits),
        "4.2, 8 trap 19 (K-OLD; newest pages are silent)",
        "DOC (older)",
        RuleStages.Bytes,
        "GKF4134");

    public IEnumerable<Diagnostic> Check(SyncSubject subject, KlingLimits limits)
    {
        if (subject.SessionAge is { } age && age >= limits.SessionLife)
        {
            yield return RuleDiagnostics.SessionTooOld(subject.Video.Place, subject.Video.Shown, age, limits.SessionLife);
        }
    }
}
