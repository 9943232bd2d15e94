using System.Collections;
using System.Runtime.CompilerServices;

namespace GmiKlingFlow.Core.Templating.Syntax;

/// <summary>The keys of a written map, in order; two lists are equal when their keys are.</summary>
[CollectionBuilder(typeof(KeyList), nameof(Create))]
internal sealed class KeyList(string[] items) : IReadOnlyList<string>, IEquatable<KeyList>
{
    public int Count => items.Length;

    public string this[int index] => items[index];

    public static KeyList Create(ReadOnlySpan<string> items) => new(items.ToArray());

    public bool Equals(KeyList? other) => other is not null && items.SequenceEqual(other, StringComparer.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as KeyList);

    public override int GetHashCode() => items.Aggregate(items.Length, HashCode.Combine);

    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => items.GetEnumerator();
}
