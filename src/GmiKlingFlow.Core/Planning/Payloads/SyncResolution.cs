using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Core.Planning.Payloads;

/// <summary>What became of a sync request once the faces are known.</summary>
public abstract record SyncResolution
{
    private SyncResolution()
    {
    }

    /// <param name="Payload">Ready to be sent; only <see cref="PayloadValue.SessionId"/> and <see cref="PayloadValue.UploadedUrl"/> may still be unknown.</param>
    /// <param name="Faces">The face chosen for each entry of the job.</param>
    public sealed record Resolved(PayloadValue.Object Payload, IReadOnlyList<Face> Faces, IReadOnlyList<Diagnostic> Warnings) : SyncResolution;

    /// <param name="Problems">At least one error: what the service would refuse, or a face that can't be told.</param>
    public sealed record Refused(IReadOnlyList<Diagnostic> Problems) : SyncResolution;
}
