using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Core.Planning.Payloads;

/// <summary>What is unknown in the payloads of a plan. A batch has the same few lists over and over: each is held once.</summary>
internal sealed class UnknownPointers : IEqualityComparer<IReadOnlyList<string>>
{
    private readonly HashSet<IReadOnlyList<string>> made;

    public UnknownPointers() => made = new(this);

    /// <returns>As <see cref="PayloadUnknowns.Of"/>.</returns>
    public IReadOnlyList<string> Of(PayloadValue.Object payload)
    {
        var found = PayloadUnknowns.Of(payload);
        if (made.TryGetValue(found, out var known))
        {
            return known;
        }

        made.Add(found);
        return found;
    }

    public bool Equals(IReadOnlyList<string>? x, IReadOnlyList<string>? y) => ReferenceEquals(x, y) || (x is not null && y is not null && x.SequenceEqual(y, StringComparer.Ordinal));

    public int GetHashCode(IReadOnlyList<string> pointers)
    {
        var hash = new HashCode();
        foreach (var pointer in pointers)
        {
            hash.Add(pointer, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }
}
