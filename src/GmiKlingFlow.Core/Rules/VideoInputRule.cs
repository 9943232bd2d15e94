using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Rules;

/// <summary>Identify gets exactly one of <c>video_url</c> and <c>video_id</c>; an empty one counts as left out (api-contract 4.1, "Input").</summary>
internal sealed class VideoInputRule : IRule<PayloadSubject>
{
    public RuleCard Card => new(
        "video_url, video_id",
        "Identify gets exactly one of the two; an empty one counts as left out.",
        static _ => "",
        "4.1 (K-ID)",
        "DOC, empty: INFER",
        RuleStages.Bytes,
        "GKF4108", "GKF4141");

    public IEnumerable<Diagnostic> Check(PayloadSubject subject, KlingLimits limits)
    {
        var given = 0;
        foreach (var name in Names)
        {
            if (PayloadMember.Check(subject.Payload, subject.Place, name, PayloadMember.Kind.Text, isRequired: false) is { } problem)
            {
                yield return problem;
                yield break;
            }

            given += PayloadMember.Find(subject.Payload, name) is { } value && !value.ValueEquals("") ? 1 : 0;
        }

        if (given != 1)
        {
            yield return RuleDiagnostics.VideoInput(subject.Place, given);
        }
    }

    private static readonly string[] Names = ["video_url", "video_id"];
}
