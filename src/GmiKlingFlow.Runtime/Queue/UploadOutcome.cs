using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Runtime.Queue;

/// <summary>What an upload came to, grant and PUT together, after its own bounded retries.</summary>
public abstract record UploadOutcome
{
    private UploadOutcome()
    {
    }

    public sealed record Uploaded(string PublicUrl) : UploadOutcome;

    /// <param name="StopsRun">True when the key was refused.</param>
    public sealed record Failed(Failure Failure, bool StopsRun) : UploadOutcome;
}
