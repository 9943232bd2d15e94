using System.Globalization;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Runtime.Downloads;

/// <summary>What can go wrong between a finished request and its file: <c>GKF81xx</c>. In all but one the payment stays good: see <see cref="Gone"/>.</summary>
public static class DownloadFailures
{
    private const string StaysPaid = "The payment stays on record: run again to download without paying again.";

    public static Failure Refused(string host, int status) => new(
        "GKF8101",
        $"\"{host}\" answered {status.ToString(CultureInfo.InvariantCulture)} instead of the result.",
        Retryable: status is 408 or 429 or >= 500,
        StaysPaid);

    public static Failure Interrupted(string host, string detail, long have) => new(
        "GKF8102",
        $"The download from \"{host}\" did not finish: {detail}. {have.ToString(CultureInfo.InvariantCulture)} bytes are kept.",
        Retryable: true,
        StaysPaid);

    public static Failure TooLarge(long limit) => new(
        "GKF8103",
        $"The result is larger than {limit.ToString(CultureInfo.InvariantCulture)} bytes and was not kept.",
        Retryable: false,
        StaysPaid);

    public static Failure CheckFailed(string reason, string keptAs) => new(
        "GKF8104",
        $"The downloaded file is not what it should be: {reason}. It is kept as \"{keptAs}\".",
        Retryable: true,
        StaysPaid);

    public static Failure DiskFull(string path) => new(
        "GKF8105",
        $"The disk is full at \"{path}\". Make room, then run again.",
        Retryable: true,
        StaysPaid);

    public static Failure NotWritable(string path, string why) => new(
        "GKF8106",
        $"\"{path}\" can't be written: {why}. Choose another folder with --out or mend its rights.",
        Retryable: true,
        StaysPaid);

    public static Failure LeavesFolder(string output, string why) => new(
        "GKF8107",
        $"\"{output}\" would be written outside the output folder: {why}. Give a path below the folder.",
        Retryable: false,
        StaysPaid);

    public static Failure AddressNotAllowed(string shown, string why) => new(
        "GKF8108",
        $"The result's address \"{shown}\" is not fetched: {why}.",
        Retryable: false,
        StaysPaid);

    public static Failure InUse(string path) => new(
        "GKF8109",
        $"\"{path}\" is in use by another program. Close it, then run again.",
        Retryable: true,
        StaysPaid);

    public static Failure FolderNotWritable(string path, string why) => new(
        "GKF8191",
        $"Nothing can be written to \"{path}\": {why}. Mend its rights, or choose another folder with --out or --state.",
        Retryable: false,
        "A run that can't write its record sends nothing.");

    public static Failure DiskNearlyFull(string path, long megabytes) => new(
        "GKF8192",
        $"Only {megabytes.ToString(CultureInfo.InvariantCulture)} MB are free at \"{path}\". Make room: a video may have 100 MB, and what is paid for has to be kept.",
        Retryable: true,
        "Folders can be chosen with --out and --state.");

    public static Failure Gone(string requestId, string host, int status) => new(
        "GKF8110",
        $"The result of request \"{requestId}\" is gone: \"{host}\" answered {status.ToString(CultureInfo.InvariantCulture)} and the service names no other address. The next run pays again.",
        Retryable: false,
        "Nothing was paid in this run. gkflow plan shows what the next one will cost.");
}
