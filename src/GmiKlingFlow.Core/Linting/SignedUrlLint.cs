using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Checking;
using GmiKlingFlow.Core.Rules;

namespace GmiKlingFlow.Core.Linting;

/// <summary>Signed URLs against the clock: those that have ended are errors, those that end before a job must be done are warned about.
/// Kept apart because a plan's JSON must not depend on the clock: there it is told beside the plan.</summary>
public static class SignedUrlLint
{
    /// <param name="jobs">Those that will be sent.</param>
    /// <param name="deadline">How long one job may take.</param>
    public static void Check(IEnumerable<Job> jobs, TimeSpan deadline, DateTimeOffset now, KlingLimits limits, DiagnosticBag diagnostics)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var job in jobs)
        {
            if (seen.Add(job.Video))
            {
                Check(RuleSubjects.UrlOf(job.Video, now), deadline, now, limits, diagnostics);
            }

            foreach (var entry in job.Entries)
            {
                if (entry.Sound.Value is Sound.Track track && seen.Add(track.Audio))
                {
                    Check(RuleSubjects.UrlOf(track.Audio, now), deadline, now, limits, diagnostics);
                }
            }
        }
    }

    private static void Check(UrlSubject? url, TimeSpan deadline, DateTimeOffset now, KlingLimits limits, DiagnosticBag diagnostics)
    {
        if (url is null || SignedUrl.ExpiryOf(url.Url) is not { } expiry)
        {
            return;
        }

        if (expiry <= now)
        {
            // Whether its host can be reached is told elsewhere.
            diagnostics.AddRange(ApiRules.Check(url, limits with { PrivateHosts = null }));
        }
        else if (expiry - now < deadline)
        {
            diagnostics.Add(LintDiagnostics.SignedUrlEndsSoon(url.Place, url.Shown, expiry, deadline));
        }
    }
}
