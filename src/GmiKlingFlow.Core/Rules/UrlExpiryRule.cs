using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Rules;

/// <summary>A signed URL still opens when it is sent (api-contract 4.1, "URL"; 8, trap 7).</summary>
internal sealed class UrlExpiryRule : IRule<UrlSubject>
{
    public RuleCard Card => new(
        "video_url, sound_file",
        "A signed URL has not expired: S3, Google storage, Azure and others write their end into it.",
        static _ => "",
        "4.1, 8 trap 7 (K-ID, G-LS)",
        "DOC",
        RuleStages.Text | RuleStages.Bytes,
        "GKF4110");

    public IEnumerable<Diagnostic> Check(UrlSubject subject, KlingLimits limits)
    {
        if (subject.Now is { } now && SignedUrl.ExpiryOf(subject.Url) is { } expiry && expiry <= now)
        {
            yield return RuleDiagnostics.UrlExpired(subject.Place, subject.Shown, expiry);
        }
    }
}
