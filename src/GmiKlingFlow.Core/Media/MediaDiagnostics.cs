using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Media;

/// <summary>What can be wrong with a media file itself (GKF5xxx). What the service takes of whole files is the rules' (GKF41xx).</summary>
public static class MediaDiagnostics
{
    /// <param name="shown">The path or URL as people see it.</param>
    /// <param name="reason">From <see cref="MediaReading.Unreadable"/>.</param>
    public static Diagnostic UnreadableMedia(Place? at, string shown, string reason) => new(
        "GKF5001",
        Severity.Error,
        $"\"{shown}\" can't be read as media: {reason}. Give mp4, mov, mp3, wav, m4a or aac.",
        at);

    public static Diagnostic ContainerNotItsName(Place? at, string shown, MediaContainer content) => new(
        "GKF5002",
        Severity.Warning,
        $"\"{shown}\" is not what its name says: its content is {content.Extension()}. Rename it; it is sent as {content.Extension()}.",
        at);

    /// <param name="declared">As <c>duration</c> in the flow.</param>
    public static Diagnostic DeclaredDurationDiffers(Place? at, string shown, TimeSpan declared, TimeSpan measured) => new(
        "GKF5003",
        Severity.Warning,
        FormattableString.Invariant(
            $"\"{Math.Floor(declared.TotalMilliseconds):0}ms\" is not the length of \"{shown}\", which is {Math.Floor(measured.TotalMilliseconds):0} ms. The measured length is used; leave \"duration\" out."),
        at);
}
