namespace GmiKlingFlow.Core.Planning;

/// <summary>The first run: nothing is known.</summary>
public sealed class NoKnownWork : IKnownWork
{
    public KnownSession? Session(string videoKey) => null;

    public string? UploadedUrl(string sha256) => null;

    public KnownJob? Job(string flowName, string jobId) => null;

    public KnownRequest? Request(string contentKey) => null;

    public bool OutputIsThere(string jobKey, string output) => false;
}
