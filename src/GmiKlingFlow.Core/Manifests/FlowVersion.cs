namespace GmiKlingFlow.Core.Manifests;

/// <summary>The head that every flow has.</summary>
public static class FlowVersion
{
    public const string ApiVersion = "gmiklingflow/v1";

    public const string Kind = "Flow";
}
