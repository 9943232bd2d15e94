using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Runtime.Faces;

/// <summary>What can go wrong with writing a faces lock and its pictures: GKF8060 to GKF8064.</summary>
public static class FacesLockFailures
{
    public static Failure NotWritten(string file, string reason) => new(
        "GKF8060",
        $"\"{file}\" can't be written: {reason}. Mend that and identify again: what was found is kept for 24 hours and not paid again.",
        Retryable: true);

    /// <param name="reason">A clause; of a web address only the host is named.</param>
    public static Diagnostic NoThumbnail(string face, string source, string reason) => Warning(
        "GKF8061",
        $"The picture of face \"{face}\" in \"{source}\" could not be had: {reason}. The lock is complete without it.");

    public static Diagnostic MoreThumbnails(int faces) => Warning(
        "GKF8062",
        $"The pictures of {faces.ToString(System.Globalization.CultureInfo.InvariantCulture)} more faces were left out: there are too many. The lock is complete without them.");

    public static Diagnostic ThumbnailNotWritten(string file, string reason) => Warning(
        "GKF8063",
        $"The picture \"{file}\" can't be written: {reason}. The lock is complete without it.");

    private static Diagnostic Warning(string code, string message) => new(code, Severity.Warning, message, Place: null);
}
