using System.Globalization;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Rules;

/// <summary>What the API would refuse in URLs, sessions and the payload itself.</summary>
internal static partial class RuleDiagnostics
{
    public static Diagnostic VideoInput(Place? at, int given) => Error("GKF4108", at,
        $"\"{Number(given)}\" of \"video_url\" and \"video_id\" are given. Give exactly one; an empty one counts as left out.");

    public static Diagnostic UrlPrivate(Place? at, Severity severity, string source, string host) => new("GKF4109", severity,
        $"\"{source}\" is at \"{host}\", which the service out in the internet can't reach. Put it where everyone can fetch it, or use a local file.", at,
        "Only a service on this machine or network, such as the simulator, can fetch from there.");

    public static Diagnostic UrlExpired(Place? at, string source, DateTimeOffset expiry) => Error("GKF4110", at,
        $"The signed URL of \"{source}\" expired at {Moment(expiry)}. Sign it anew, for longer than the run takes.");

    public static Diagnostic SessionTooOld(Place? at, string video, TimeSpan age, TimeSpan life) => Error("GKF4134", at,
        $"The session of \"{video}\" is {Number((long)age.TotalHours)} hours old, and lasts {Number((long)life.TotalHours)}. Identify the video again.");

    public static Diagnostic FaceIdEmpty(Place? at) => Error("GKF4135", at,
        "\"face_id\" is empty. Give an id that identify returned, such as \"0\", or another selector.");

    public static Diagnostic SeveralPeople(Place? at, string person) => Warning("GKF4136", at,
        $"\"{person}\" is a second person in one request, which may be refused. Set run.multi_face to chain for a pass per person, or to together.",
        "GMI's page takes several entries, Kling's says one person. With multi_face set, the choice is yours and nothing is said.");

    public static Diagnostic AudioLargeAsBase64(Place? at, string audio, long encoded, long limit) => Warning("GKF4137", at,
        $"\"{audio}\" has {Number(encoded)} bytes as Base64, and the limit is {Megabytes(limit)} MB. Encode it smaller, or give a URL.",
        "Assumed: Kling counts the bytes before encoding. Its page does not say.");

    public static Diagnostic NoRoomForMargin(Place? at, string audio, TimeSpan duration, TimeSpan rest, KlingLimits limits) => Warning("GKF4138", at,
        $"\"{audio}\" ({Milliseconds(duration)} ms) leaves {Milliseconds(rest)} ms for the clip: no {Milliseconds(limits.EndMargin)} ms can be kept free. Add silence at its end.",
        $"Assumed: its measured end is the true one. Pad short audio to {Milliseconds(limits.AudioPadded)} ms or more to be safe.");

    public static Diagnostic MemberMissing(Place? at, string member) => Error("GKF4140", at,
        $"\"{member}\" is missing from the request, and the API requires it. Give it a value.");

    /// <param name="expected">In words: <c>a whole number of milliseconds</c>.</param>
    public static Diagnostic MemberKind(Place? at, string member, string given, string expected) => Error("GKF4141", at,
        $"\"{given}\" is not {expected}, which \"{member}\" must be. Write it as one.");

    public static Diagnostic SoundNotOne(Place? at, int given) => Error("GKF4142", at,
        $"\"{Number(given)}\" of \"sound_file\" and \"audio_id\" are given. Give exactly one; an empty one counts as left out.");

    private static string Moment(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
