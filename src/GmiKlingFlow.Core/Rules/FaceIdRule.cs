using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Rules;

/// <summary><c>face_id</c> is one of those that identify returned, exactly (api-contract 4.2).</summary>
internal sealed class FaceIdRule : IRule<EntryInRequest>
{
    public IEnumerable<Diagnostic> Check(EntryInRequest subject, KlingLimits limits)
    {
        if (subject is { Entry.FaceId: { } id, Request.Faces: { } faces }
            && !faces.Any(face => string.Equals(face.Id, id.Value, StringComparison.Ordinal)))
        {
            yield return RuleDiagnostics.UnknownFace(id.Place, id.Value, subject.Request.Video.Shown, faces);
        }
    }
}
