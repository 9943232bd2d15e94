using System.Globalization;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Runtime.Queue;

/// <summary>What can go wrong with the service: <c>GKF7xxx</c>. Texts of the service come cleaned of keys and signatures.</summary>
public static class ServiceFailures
{
    public static Failure KeyMalformed() => new(
        "GKF7001",
        "The API key holds blanks, line ends or other characters that no key has, or it is empty. Set GMI_API_KEY to the key alone.",
        Retryable: false);

    public static Failure BaseUrlUnusable(string shown) => new(
        "GKF7002",
        $"The queue's address \"{shown}\" can't be used. Give an https URL without user name or query; http is for this machine only.",
        Retryable: false,
        "The public one ends in /requestqueue/apikey.");

    public static Failure OrganizationMalformed() => new(
        "GKF7003",
        "The organisation id holds blanks, line ends or other characters that no id has, or it is empty. Set GMI_ORG_ID to the id alone.",
        Retryable: false);

    public static Failure Unreachable(string host, string detail) => new(
        "GKF7010",
        $"\"{host}\" can't be reached: {detail}. Nothing was sent.",
        Retryable: true,
        "Check the network, the proxy settings and the queue's address.");

    public static Failure NoAnswer(string host, TimeSpan waited) => new(
        "GKF7011",
        $"\"{host}\" gave no answer within {Seconds(waited)} s.",
        Retryable: true);

    public static Failure Broken(string host, string detail) => new(
        "GKF7012",
        $"The exchange with \"{host}\" ended early: {detail}.",
        Retryable: true);

    public static Failure Stopped(bool nothingSent) => new(
        "GKF7013",
        nothingSent ? "Stopped before the request was sent." : "Stopped while the request was under way; the queue may have taken it.",
        Retryable: true);

    public static Failure GatewayTrouble(int status, string said) => new(
        "GKF7014",
        $"The queue answered {Status(status)}{Said(said)}.",
        Retryable: true,
        status == 501 ? "Check the queue's address (GMI_BASE_URL, --base-url): the full one ends in /requestqueue/apikey." : null);

    public static Failure Unreadable(string host, int status, string why) => new(
        "GKF7015",
        $"\"{host}\" answered {Status(status)}, but the answer can't be read{Said(why)}.",
        Retryable: true);

    public static Failure Redirected(string host, int status, string? toHost) => new(
        "GKF7016",
        $"\"{host}\" answered {Status(status)} and points to \"{toHost ?? "nowhere"}\". The key goes to no other host. Check the queue's address.",
        Retryable: false);

    public static Failure ParametersRefused(string said) => new(
        "GKF7020",
        $"The request's parameters were refused{Said(said)}.",
        Retryable: false,
        "Nothing was charged. Change the flow; gkflow validate shows the known rules.");

    public static Failure KeyRefused(string said) => new(
        "GKF7021",
        $"The API key was refused (401){Said(said)}. Check GMI_API_KEY.",
        Retryable: false);

    public static Failure NoCredit(string said) => new(
        "GKF7022",
        $"The account has no credit{Said(said)}. Add credit, then run again.",
        Retryable: false);

    public static Failure NoPermission(string said) => new(
        "GKF7023",
        $"The key has no permission (403){Said(said)}. Check the key's rights and GMI_ORG_ID.",
        Retryable: false);

    public static Failure ModelMissing(string model, string said) => new(
        "GKF7024",
        $"The queue has no model \"{model}\" for this key{Said(said)}.",
        Retryable: false,
        "Check the queue's address and which models the key may use.");

    public static Failure Refused(int status, string said) => new(
        "GKF7025",
        $"The queue refused the request with {Status(status)}{Said(said)}.",
        Retryable: false,
        status is 404 or 405 ? "Check the queue's address (GMI_BASE_URL, --base-url): the full one ends in /requestqueue/apikey." : null);

    public static Failure AccountRefused(string said) => new(
        "GKF7026",
        $"The service's account at Kling can't take requests{Said(said)}.",
        Retryable: false,
        "Waiting does not help by itself; ask GMI's support, then run again.");

    public static Failure Throttled(int status, string said) => new(
        "GKF7030",
        $"The queue takes no more requests for now ({Status(status)}){Said(said)}.",
        Retryable: true);

    public static Failure Overloaded(int status, string said) => new(
        "GKF7031",
        $"The queue is overloaded or in maintenance ({Status(status)}){Said(said)}.",
        Retryable: true);

    public static Failure RequestUnknown(string requestId, string said) => new(
        "GKF7040",
        $"The queue does not know request \"{requestId}\"{Said(said)}.",
        Retryable: false,
        "It may belong to another key or organisation.");

    public static Failure RequestFailed(string said, bool retryable) => new(
        "GKF7050",
        said.Length == 0 ? "The request failed; the service gave no reason." : $"The request failed{Said(said)}.",
        retryable);

    public static Failure RequestCancelled(string said) => new(
        "GKF7051",
        $"The request was cancelled at the service{Said(said)}.",
        Retryable: true);

    public static Failure ContentRefused(string said) => new(
        "GKF7052",
        $"The service's content check refused the request{Said(said)}.",
        Retryable: false,
        "Use another video or audio; the same will be refused again.");

    public static Failure RequestThrottled(string said) => new(
        "GKF7053",
        $"The request failed because the service was at its limit{Said(said)}.",
        Retryable: true,
        "Run again later, with less concurrency.");

    /// <summary>Ends the life of the session that the request was sent with, whatever its age.</summary>
    public const string SessionRefusedCode = "GKF7090";

    public static Failure SessionRefused(string said) => new(
        SessionRefusedCode,
        $"The service no longer takes the session of the job's video{Said(said)}.",
        Retryable: true,
        "The session is not used again. Run again: the video is identified anew.");

    public static Failure UploadTypeNotTaken(string file) => new(
        "GKF7060",
        $"\"{file}\" can't be uploaded: the storage takes mp4, mp3 and wav. Convert it, or give a URL.",
        Retryable: false);

    public static Failure GrantUnreadable(string why) => new(
        "GKF7061",
        $"The answer to the upload request can't be used{Said(why)}.",
        Retryable: true);

    public static Failure UploadRefused(string file, int status, string said) => new(
        "GKF7062",
        $"The storage refused \"{file}\" with {Status(status)}{Said(said)}.",
        Retryable: true);

    public static Failure UploadMissing(string file, int status) => new(
        "GKF7065",
        $"The storage took \"{file}\", but its public address answers {Status(status)}. Run again: nothing was paid for it.",
        Retryable: true);

    public static Failure FileChanged(string file) => new(
        "GKF7063",
        $"\"{file}\" has changed since it was planned. Plan again, so that what is sent is what was shown.",
        Retryable: false);

    public static Failure FileUnreadable(string file, string why) => new(
        "GKF7064",
        $"\"{file}\" can't be read: {why}.",
        Retryable: false);

    private static string Said(string text) => text.Length == 0 ? "" : $": {text.TrimEnd('.')}";

    private static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Status(int status) => status.ToString(CultureInfo.InvariantCulture);
}
