using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Media;

namespace GmiKlingFlow.Core.Manifests.Expanding;

/// <summary>What is told of a URL that was looked at.</summary>
internal static class UrlProblem
{
    /// <param name="shown">The URL without its query, which may be a signature.</param>
    /// <returns>Null where there is nothing to tell.</returns>
    public static Diagnostic? Of(RemoteReading? reading, string shown, Place at) => reading switch
    {
        RemoteReading.Refused { Status: 401 or 403 or 407 } refused => MediaDiagnostics.UrlNotOpen(at, shown, refused.Status),
        RemoteReading.Refused refused => MediaDiagnostics.UrlNotThere(at, shown, refused.Status),
        RemoteReading.Unreachable unreachable => MediaDiagnostics.UrlUnreachable(at, shown, unreachable.Detail),
        RemoteReading.NotNow notNow => MediaDiagnostics.UrlNotChecked(at, shown, notNow.Detail),
        RemoteReading.NotFollowed notFollowed => MediaDiagnostics.UrlNotFollowed(at, shown, notFollowed.Why),
        RemoteReading.NotPublic => MediaDiagnostics.UrlNotPublic(at, shown),
        RemoteReading.OutOfReach outOfReach => MediaDiagnostics.UrlOutOfReach(at, shown, outOfReach.Why),
        RemoteReading.NotMedia notMedia => MediaDiagnostics.UrlNotMedia(at, shown, notMedia.Reason),
        RemoteReading.Contradictory contradictory => MediaDiagnostics.UrlContradictory(at, shown, contradictory.Detail),
        _ => null,
    };
}
