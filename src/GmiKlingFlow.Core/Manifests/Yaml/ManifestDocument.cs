namespace GmiKlingFlow.Core.Manifests.Yaml;

/// <summary>One YAML document of a file.</summary>
internal sealed record ManifestDocument(ManifestText Source, ManifestNode Root);
