using System.Globalization;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Runtime.Queue;

/// <summary>Where the queue is and who asks. Printing it never shows the key.</summary>
/// <param name="BaseUrl">The full queue base, ending in <c>/requestqueue/apikey</c>; https, or http for loopback only.</param>
/// <param name="ApiKey">Sent as <c>Authorization: Bearer</c> to the host of <paramref name="BaseUrl"/> and to no other.</param>
/// <param name="OrganizationId">Sent as <c>X-Organization-ID</c>; null when the key belongs to one organisation (api-contract 1).</param>
public sealed record QueueOptions(Uri BaseUrl, string ApiKey, string? OrganizationId)
{
    /// <summary>GMI's queue (api-contract, head).</summary>
    public static Uri PublicBaseUrl { get; } = new("https://console.gmicloud.ai/api/v1/ie/requestqueue/apikey");

    /// <summary>For a whole POST: identify answers synchronously and blocks for up to minutes (api-contract 2.4). Default 5 min.</summary>
    public TimeSpan SubmitTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>For one GET of a request or a model, and for one upload grant. Default 60 s.</summary>
    public TimeSpan QueryTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>For one listing, which is slow (api-contract 2.8). Default 240 s.</summary>
    public TimeSpan ListTimeout { get; init; } = TimeSpan.FromSeconds(240);

    /// <summary>For one PUT to the storage. Default 10 min, within the grant's 15 (api-contract 1).</summary>
    public TimeSpan UploadTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How many requests a listing asks for; no paging is documented. Default 200.</summary>
    public int ListLimit { get; init; } = 200;

    /// <summary>How often a GET, a grant or an upload is repeated. Default 3; a paid POST is never repeated.</summary>
    public int Repeats { get; init; } = 3;

    /// <summary>Before the first repeat; doubles from there, with jitter. Default 0.5 s.</summary>
    public TimeSpan FirstRepeatDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest a call waits by itself; a longer <c>Retry-After</c> is handed to the caller. Default 20 s.</summary>
    public TimeSpan LongestRepeatDelay { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Calls per second in the long run, all kinds together. Default 20; null for no limit, the default for a queue on this machine.</summary>
    public int? CallsPerSecond { get; init; } = BaseUrl.IsAbsoluteUri && BaseUrl.IsLoopback ? null : RequestRate.UsualPerSecond;

    /// <summary>What makes these options unusable, told before anything is sent; null when they will do.</summary>
    public Failure? Problem() =>
        ProblemOf(BaseUrl)
        ?? (!IsHeaderText(ApiKey) ? ServiceFailures.KeyMalformed()
            : OrganizationId is not null && !IsHeaderText(OrganizationId) ? ServiceFailures.OrganizationMalformed()
            : null);

    /// <summary>What makes an address unusable as a queue's; null when it will do.</summary>
    public static Failure? ProblemOf(Uri baseUrl) =>
        !baseUrl.IsAbsoluteUri || baseUrl.Host.Length == 0 || baseUrl.Query.Length > 0 || baseUrl.Fragment.Length > 0 || baseUrl.UserInfo.Length > 0 || !WebAddress.IsSafe(baseUrl)
            ? ServiceFailures.BaseUrlUnusable(WebAddress.Shown(baseUrl))
            : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"QueueOptions {{ BaseUrl = {WebAddress.Shown(BaseUrl)} }}");

    // Visible ASCII only: a newline would split the header, a pasted blank would be refused as a wrong key.
    private static bool IsHeaderText(string text) => text.Length is > 0 and <= 8192 && text.All(c => c is > ' ' and < '\x7f');
}
