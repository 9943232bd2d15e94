namespace GmiKlingFlow.Core.Manifests.Yaml;

/// <summary>Stands where a value can't be had and a diagnostic says so: whoever meets it says nothing more.</summary>
internal sealed class BrokenNode(ManifestText source, int start, int end) : ManifestNode(source, start, end)
{
    public override string Kind => "unreadable";
}
