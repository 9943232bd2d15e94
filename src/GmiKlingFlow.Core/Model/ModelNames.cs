namespace GmiKlingFlow.Core.Model;

/// <summary>The two models' ids at the queue (api-contract, head).</summary>
public static class ModelNames
{
    public const string IdentifyFace = "kling-identify-face";

    public const string LipSync = "kling-lip-sync";
}
