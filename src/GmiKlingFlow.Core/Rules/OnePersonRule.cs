using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Rules;

/// <summary>Kling's page says one person, GMI's takes several entries (api-contract 7, line 3): a warning, unless the flow says how it is meant.</summary>
internal sealed class OnePersonRule : IRule<SyncSubject>
{
    public RuleCard Card => new(
        "face_choose",
        "A request syncs one person; several are sent as they are, with a warning unless the flow sets multi_face itself.",
        static limits => LimitText.People(limits),
        "4.3, 7 line 3 (K-LS against G-LS)",
        "DOC, disputed",
        RuleStages.Text,
        "GKF4136");

    public IEnumerable<Diagnostic> Check(SyncSubject subject, KlingLimits limits)
    {
        if (subject.SeveralPeopleAreMeant || subject.Entries.Count <= limits.PeopleSure)
        {
            yield break;
        }

        var people = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in subject.Entries)
        {
            if ((entry.FaceId?.Value ?? entry.FaceName) is { } person && people.Add(person) && people.Count > limits.PeopleSure)
            {
                yield return RuleDiagnostics.SeveralPeople(entry.Place, person);
                yield break;
            }
        }
    }
}
