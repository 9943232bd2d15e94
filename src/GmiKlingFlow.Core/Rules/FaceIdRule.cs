using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Rules;

/// <summary><c>face_id</c> is one of those that identify returned, exactly (api-contract 4.2).</summary>
internal sealed class FaceIdRule : IRule<EntryInRequest>
{
    public RuleCard Card => new(
        "face_id",
        "The face is one of those that identify returned, exactly as returned.",
        static _ => "",
        "4.2 (K-ID, L-CF)",
        "DOC, LIVE",
        RuleStages.Text | RuleStages.Identify | RuleStages.Bytes,
        "GKF4122", "GKF4135");

    public IEnumerable<Diagnostic> Check(EntryInRequest subject, KlingLimits limits)
    {
        if (subject.Entry.FaceId is not { } id)
        {
            yield break;
        }

        if (id.Value.Length == 0)
        {
            yield return RuleDiagnostics.FaceIdEmpty(id.Place);
        }
        else if (subject.Request.Faces is { } faces && !faces.Any(face => string.Equals(face.Id, id.Value, StringComparison.Ordinal)))
        {
            yield return RuleDiagnostics.UnknownFace(id.Place, id.Value, subject.Request.Video.Shown, faces);
        }
    }
}
