using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Keys;

namespace GmiKlingFlow.Core.Tests.Planning;

/// <summary>Earlier work as a test tells it.</summary>
internal sealed class KnownWorkInMemory : IKnownWork
{
    public Dictionary<string, KnownSession> Sessions { get; } = [];

    public Dictionary<string, string> Uploads { get; } = [];

    public Dictionary<string, KnownJob> Jobs { get; } = [];

    public Dictionary<string, KnownRequest> Requests { get; } = [];

    public HashSet<(string JobKey, string Output)> Outputs { get; } = [];

    public KnownSession? Session(string videoKey) => Sessions.GetValueOrDefault(videoKey);

    public string? UploadedUrl(string sha256) => Uploads.GetValueOrDefault(sha256);

    public KnownJob? Job(string flowName, string jobId) => Jobs.GetValueOrDefault($"{flowName}/{jobId}");

    public KnownRequest? Request(string contentKey) => Requests.GetValueOrDefault(contentKey);

    public Dictionary<string, KnownRequest> SharedRequests { get; } = [];

    public Func<PayloadValue.Object, KnownRequest?>? OnSent { get; set; }

    public KnownRequest? Shared(string jobKey) => SharedRequests.GetValueOrDefault(jobKey);

    public KnownRequest? Sent(PayloadValue.Object payload) => OnSent?.Invoke(payload);

    public bool OutputIsThere(string jobKey, string output) => Outputs.Contains((jobKey, output));
}
