using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Runtime.Previews;

/// <summary>What can go wrong between a preview and the disk.</summary>
public static class PreviewFailures
{
    public static Failure NotWritten(string path, string why) => new(
        "GKF8190",
        $"\"{path}\" could not be written: {why}. Mend that, or choose another folder with --out.",
        Retryable: true,
        "An older preview is there still; nothing half-made is left.");
}
