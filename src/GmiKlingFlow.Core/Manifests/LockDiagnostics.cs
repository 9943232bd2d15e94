using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Core.Manifests;

/// <summary>A faces lock that can't be used as it is (GKF61xx). What its YAML and its keys get wrong has the codes of every other document.</summary>
public static class LockDiagnostics
{
    private const string WayOut = "Restore the file from version control, or delete it and run \"gkflow identify\" again.";

    /// <param name="kind">As written; empty when it is left out.</param>
    public static Diagnostic NotALock(Place at, string kind) =>
        Error("GKF6101", $"\"{Quoted.Short(kind)}\" is not the kind of a faces lock. Write \"kind: {FacesLockShape.Kind}\", or move the file away.", at);

    public static Diagnostic OtherVersion(Place at, string version) =>
        Error("GKF6102", $"\"{Quoted.Short(version)}\" is a version of faces locks that this tool does not know. Use the tool that wrote it, or identify again.", at, $"This tool knows \"apiVersion: {FlowVersion.ApiVersion}\".");

    public static Diagnostic SeveralDocuments(Place at, int count) =>
        Error("GKF6103", $"A faces lock is one YAML document, and this file has {count}. Keep the right one.", at);

    public static Diagnostic BadFingerprint(Place at, string fingerprint) =>
        Error("GKF6104", $"\"{Quoted.Short(fingerprint)}\" is no fingerprint: it is \"sha256:\" and 64 hex digits, or \"url:\" and an address. Identify again.", at, WayOut);

    public static Diagnostic DuplicateVideo(Place at, string source, SourceSpan first) =>
        Error("GKF6105", $"\"{Quoted.Short(source)}\" has the fingerprint of a video above it. Keep one of the two.", at, WayOut) with
        {
            Related = [new RelatedPlace("The video above.", first)],
        };

    public static Diagnostic DuplicateFace(Place at, string id) =>
        Error("GKF6106", $"\"{Quoted.Short(id)}\" is listed twice with the same times. Keep one of the two.", at, WayOut);

    public static Diagnostic BadTime(Place at, string key, string value) =>
        Error("GKF6107", $"\"{Quoted.Short(value)}\" is no time for \"{key}\". Use whole milliseconds from 0 to 86400000, without quotes.", at, WayOut);

    public static Diagnostic EndsBeforeStart(Place at, string id, long start, long end) =>
        Error("GKF6108", $"The face \"{Quoted.Short(id)}\" ends ({end} ms) before it starts ({start} ms). Swap the two.", at, WayOut);

    public static Diagnostic BadFaceId(Place at, string id) =>
        Error("GKF6109", $"\"{Quoted.Short(id)}\" is no face_id. Put what identify gave in quotes: 1 to 200 characters on one line.", at, WayOut);

    public static Diagnostic BadThumbnail(Place at, string path) =>
        Error("GKF6110", $"\"{Quoted.Short(path)}\" is no path of a thumbnail. Use one below the lock's folder, with \"/\".", at, WayOut);

    public static Diagnostic BadFlag(Place at, string value) =>
        Error("GKF6111", $"\"{Quoted.Short(value)}\" is no value of \"simulated\". Use true, or leave it out.", at, WayOut);

    private static Diagnostic Error(string code, string message, Place at, string? hint = null) => new(code, Severity.Error, message, at, hint);
}
