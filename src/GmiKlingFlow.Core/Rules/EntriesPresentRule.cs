using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Rules;

/// <summary><c>face_choose</c> is required and holds at least one entry (api-contract 4.3). Several are sent as they are:
/// GMI documents them, Kling says one (api-contract 7, line 3).</summary>
internal sealed class EntriesPresentRule : IRule<SyncSubject>
{
    public RuleCard Card => new(
        "face_choose",
        "A request syncs at least one face entry.",
        static _ => "1 or more",
        "4.3 (K-LS)",
        "DOC",
        RuleStages.Text | RuleStages.Bytes,
        "GKF4121");

    public IEnumerable<Diagnostic> Check(SyncSubject subject, KlingLimits limits)
    {
        if (subject.Entries.Count == 0)
        {
            yield return RuleDiagnostics.NoEntries(subject.Video.Place, subject.Video.Shown);
        }
    }
}
