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

    /// <param name="shown">The URL without its query, which may be a signature.</param>
    public static Diagnostic UrlNotThere(Place? at, string shown, int status) => new(
        "GKF5010",
        Severity.Error,
        FormattableString.Invariant($"\"{shown}\" answers {status}, so the service can't fetch it. Mend the link."),
        at);

    public static Diagnostic UrlNotOpen(Place? at, string shown, int status) => new(
        "GKF5011",
        Severity.Error,
        FormattableString.Invariant($"\"{shown}\" answers {status}: it is not open to everybody. Make it public, or sign a new link."),
        at,
        "The service fetches without a login. A signed link must outlive the wait in the queue.");

    public static Diagnostic UrlUnreachable(Place? at, string shown, string detail) => new(
        "GKF5012",
        Severity.Error,
        $"\"{shown}\" can't be reached: {detail}. Check the host's name, or leave --online out where there is no network.",
        at);

    public static Diagnostic UrlNotChecked(Place? at, string shown, string detail) => new(
        "GKF5013",
        Severity.Warning,
        $"\"{shown}\" was not checked: {detail}. Try again later.",
        at);

    public static Diagnostic UrlNotFollowed(Place? at, string shown, string why) => new(
        "GKF5014",
        Severity.Error,
        $"\"{shown}\" is not followed: {why}. Give the address at which the file itself is.",
        at);

    public static Diagnostic UrlNotPublic(Place? at, string shown) => new(
        "GKF5015",
        Severity.Error,
        $"\"{shown}\" leads to an address inside a private network, which the service can't reach. Use a public host, or a local file.",
        at,
        "It was not asked: a flow must not make this machine look around in its network.");

    public static Diagnostic UrlOutOfReach(Place? at, string shown, string why) => new(
        "GKF5016",
        Severity.Warning,
        $"\"{shown}\" was not measured: {why}. Its rules are checked only as far as \"duration\" says.",
        at,
        "An MP4 is measured from its beginning after: ffmpeg -i clip.mp4 -c copy -movflags +faststart out.mp4");

    public static Diagnostic UrlNotMedia(Place? at, string shown, string reason) => new(
        "GKF5017",
        Severity.Error,
        $"\"{shown}\" can't be read as media: {reason}. Give the direct link to an mp4, mov, mp3, wav, m4a or aac file.",
        at);

    public static Diagnostic UrlContradictory(Place? at, string shown, string detail) => new(
        "GKF5018",
        Severity.Warning,
        $"\"{shown}\" was not measured, because its host contradicts itself: {detail}. Check the upload, or use another host.",
        at);

    /// <param name="declared">As <c>duration</c> in the flow.</param>
    public static Diagnostic DeclaredDurationDiffers(Place? at, string shown, TimeSpan declared, TimeSpan measured) => new(
        "GKF5003",
        Severity.Warning,
        FormattableString.Invariant(
            $"\"{Math.Floor(declared.TotalMilliseconds):0}ms\" is not the length of \"{shown}\", which is {Math.Floor(measured.TotalMilliseconds):0} ms. The measured length is used; leave \"duration\" out."),
        at);
}
