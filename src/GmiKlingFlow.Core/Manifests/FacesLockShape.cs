namespace GmiKlingFlow.Core.Manifests;

/// <summary>The known keys of every map in a faces lock, in the order they are written.</summary>
public static class FacesLockShape
{
    public const string Kind = "FacesLock";

    /// <summary>Object name to its keys.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Objects = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
    {
        [Lock] = ["apiVersion", "kind", "videos"],
        [Video] = ["source", "fingerprint", "simulated", "faces"],
        [Face] = ["face_id", "start_time", "end_time", "thumbnail"],
    };

    internal const string Lock = "faces lock";
    internal const string Video = "locked video";
    internal const string Face = "locked face";
}
