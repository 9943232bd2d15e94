using System.Globalization;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Core.Linting;

/// <summary>What is allowed and probably wrong (GKF43xx): warnings, one method per code.</summary>
internal static class LintDiagnostics
{
    public static Diagnostic OriginalAudioAudible(Place? at, double volume) => Warning("GKF4301", at,
        $"\"{Number(volume)}\" is the volume of the video's own sound under this clip. Write \"original_audio_volume: 0\" for a dub, or a lower volume.",
        "Left out, the API takes 1. Under \"defaults\" it counts for every entry.");

    public static Diagnostic SignedUrlEndsSoon(Place? at, string source, DateTimeOffset expiry, TimeSpan deadline) => Warning("GKF4302", at,
        $"The signed URL of \"{source}\" ends at {expiry.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)}, and a job may take {DurationText.Of(deadline)}. Sign it for longer.",
        "The service fetches the source when the request's turn comes, not when it is sent.");

    public static Diagnostic ClipsOverlap(Place? at, string face, TimeRange both, Place? other) => Warning("GKF4303", at,
        $"\"{face}\" would say two clips at once, from {Milliseconds(both.Start)} to {Milliseconds(both.End)} ms. Insert one of them later, or shorten the first.") with
    {
        Related = other is null ? [] : [new RelatedPlace("The other clip is here.", other.Span)],
    };

    public static Diagnostic LoudSum(Place? at, double sum, double limit) => Warning("GKF4304", at,
        $"\"{Number(sum)}\" is the sum of the volumes that sound at once here, and above {Number(limit)} speech is distorted. Lower one of them.",
        "Counted: the clips that play at that moment, and once the video's own sound.");

    public static Diagnostic UnusedAudio(Place? at, string name) => Warning("GKF4305", at,
        $"\"{name}\" is used by no job. Use it, or remove it.");

    public static Diagnostic UnusedVideo(Place? at, string name) => Warning("GKF4306", at,
        $"\"{name}\" is used by no job. Use it, or remove it.");

    public static Diagnostic MatrixOfOne(Place? at) => Warning("GKF4307", at,
        "\"matrix\" makes one job only. Give it more values, or write the job without it.");

    private static Diagnostic Warning(string code, Place? at, string message, string? hint = null) => new(code, Severity.Warning, message, at, hint);

    private static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);

    private static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
