namespace GmiKlingFlow.Core.Manifests.Yaml;

/// <summary>The members of a map, in their order and by name. A flow's maps have a handful, which are looked through; an index is made only where there are more.</summary>
internal sealed class MemberList
{
    private const int Few = 12;

    private readonly List<ManifestMember> items = [];
    private Dictionary<string, ManifestMember>? byName;

    public IReadOnlyList<ManifestMember> Items => items;

    /// <param name="member">Of a name that is not in the list yet.</param>
    public void Add(ManifestMember member)
    {
        items.Add(member);
        if (byName is not null)
        {
            byName.Add(member.Name, member);
        }
        else if (items.Count > Few)
        {
            byName = items.ToDictionary(static item => item.Name, StringComparer.Ordinal);
        }
    }

    public ManifestMember? Find(string name)
    {
        if (byName is not null)
        {
            return byName.GetValueOrDefault(name);
        }

        foreach (var item in items)
        {
            if (string.Equals(item.Name, name, StringComparison.Ordinal))
            {
                return item;
            }
        }

        return null;
    }
}
