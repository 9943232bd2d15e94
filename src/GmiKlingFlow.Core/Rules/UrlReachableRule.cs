using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Rules;

/// <summary>The service fetches URLs from out in the internet (api-contract 4.1, "URL"; 8, trap 7): not from this machine, nor from a private network.</summary>
internal sealed class UrlReachableRule : IRule<UrlSubject>
{
    public RuleCard Card => new(
        "video_url, sound_file",
        "A URL can be fetched by the service: its host is not private.",
        static _ => "",
        "4.1, 8 trap 7 (K-ID, G-LS)",
        "DOC",
        RuleStages.Text,
        "GKF4109");

    public IEnumerable<Diagnostic> Check(UrlSubject subject, KlingLimits limits)
    {
        if (limits.PrivateHosts is { } severity && PrivateHost.Is(subject.Url))
        {
            yield return RuleDiagnostics.UrlPrivate(subject.Place, severity, subject.Shown, subject.Url.Host);
        }
    }
}
