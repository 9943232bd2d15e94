using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Rules;

/// <summary>A lip-sync has a <c>session_id</c> and a list <c>face_choose</c> (api-contract 4.3).</summary>
internal sealed class SyncMembersRule : IRule<PayloadSubject>
{
    public RuleCard Card => new(
        "session_id, face_choose",
        "A lip-sync has a session id, which is text, and a list of face entries.",
        static _ => "",
        "4.3, 7 line 17a (K-LS, G-LS)",
        "DOC",
        RuleStages.Bytes,
        "GKF4140", "GKF4141");

    public IEnumerable<Diagnostic> Check(PayloadSubject subject, KlingLimits limits)
    {
        if (PayloadMember.Check(subject.Payload, subject.Place, "session_id", PayloadMember.Kind.Text, isRequired: true) is { } session)
        {
            yield return session;
        }

        if (PayloadMember.Check(subject.Payload, subject.Place, "face_choose", PayloadMember.Kind.List, isRequired: true) is { } entries)
        {
            yield return entries;
        }
    }
}
