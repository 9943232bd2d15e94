namespace GmiKlingFlow.Core.Manifests.Locks;

/// <summary>Where a flow's faces lock and its thumbnails lie: beside the flow, under its name.</summary>
public static class FacesLockFiles
{
    private static readonly string[] FlowExtensions = [".yaml", ".yml", ".json"];

    /// <returns><c>trailer.faces.lock.yaml</c> for <c>trailer.yaml</c>.</returns>
    public static string LockOf(string flowPath) => $"{Stem(flowPath)}.faces.lock.yaml";

    /// <returns><c>trailer.faces</c> for <c>trailer.yaml</c>.</returns>
    public static string ThumbnailFolderOf(string flowPath) => $"{Stem(flowPath)}.faces";

    private static string Stem(string flowPath) =>
        Array.Exists(FlowExtensions, extension => flowPath.EndsWith(extension, StringComparison.OrdinalIgnoreCase) && Path.GetFileName(flowPath).Length > extension.Length)
            ? flowPath[..flowPath.LastIndexOf('.')]
            : flowPath;
}
