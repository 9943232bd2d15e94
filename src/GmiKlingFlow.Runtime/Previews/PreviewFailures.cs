using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Runtime.Previews;

/// <summary>What can go wrong between a preview and the disk.</summary>
public static class PreviewFailures
{
    /// <param name="hasOlder">Whether a preview made before lies there.</param>
    public static Failure NotWritten(string path, string why, bool hasOlder) => new(
        "GKF8190",
        $"\"{path}\" could not be written: {why}. Mend that, or choose another folder with --out.",
        Retryable: true,
        hasOlder ? "An older preview is there still; nothing half-made is left." : "Nothing half-made is left.");
}
