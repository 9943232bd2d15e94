using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Rules;

/// <summary>An entry has exactly one of <c>sound_file</c> and <c>audio_id</c>; an empty one counts as left out (api-contract 4.3).</summary>
internal sealed class EntrySoundRule : IRule<EntryPayload>
{
    public RuleCard Card => new(
        "sound_file, audio_id",
        "A face entry has exactly one of the two; an empty one counts as left out.",
        static _ => "",
        "4.3 (K-LS)",
        "DOC, empty: INFER",
        RuleStages.Bytes,
        "GKF4141", "GKF4142");

    public IEnumerable<Diagnostic> Check(EntryPayload subject, KlingLimits limits)
    {
        foreach (var name in Names)
        {
            if (PayloadMember.Check(subject.Entry, subject.Place, name, PayloadMember.Kind.Text, isRequired: false) is { } problem)
            {
                yield return problem;
                yield break;
            }
        }

        var given = (subject.SoundFile is null ? 0 : 1) + (subject.AudioId is null ? 0 : 1);
        if (given != 1)
        {
            yield return RuleDiagnostics.SoundNotOne(subject.Place, given);
        }
    }

    private static readonly string[] Names = ["sound_file", "audio_id"];
}
