using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Rules;

/// <summary>An entry has its face and its three times, each of the API's own type (api-contract 4.3; 7, lines 17a and 20).</summary>
internal sealed class EntryMembersRule : IRule<EntryPayload>
{
    public RuleCard Card => new(
        "face_id, sound_..._time, ..._volume",
        "A face entry has its face (text) and its three times (whole numbers); volumes are numbers.",
        static _ => "",
        "4.3 (K-LS; CometAPI's numbers as texts are not followed)",
        "DOC",
        RuleStages.Bytes,
        "GKF4140", "GKF4141");

    public IEnumerable<Diagnostic> Check(EntryPayload subject, KlingLimits limits)
    {
        foreach (var (name, kind, isRequired) in Members)
        {
            if (PayloadMember.Check(subject.Entry, subject.Place, name, kind, isRequired) is { } problem)
            {
                yield return problem;
            }
        }
    }

    private static readonly (string Name, PayloadMember.Kind Kind, bool IsRequired)[] Members =
    [
        ("face_id", PayloadMember.Kind.Text, true),
        ("sound_start_time", PayloadMember.Kind.WholeMilliseconds, true),
        ("sound_end_time", PayloadMember.Kind.WholeMilliseconds, true),
        ("sound_insert_time", PayloadMember.Kind.WholeMilliseconds, true),
        ("sound_volume", PayloadMember.Kind.Number, false),
        ("original_audio_volume", PayloadMember.Kind.Number, false),
    ];
}
