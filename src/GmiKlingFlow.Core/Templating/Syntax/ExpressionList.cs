using System.Collections;
using System.Runtime.CompilerServices;
using System.Text;

namespace GmiKlingFlow.Core.Templating.Syntax;

/// <summary>Expressions in order; two lists are equal when their elements are.</summary>
[CollectionBuilder(typeof(ExpressionList), nameof(Create))]
internal sealed class ExpressionList(Expression[] items) : IReadOnlyList<Expression>, IEquatable<ExpressionList>
{
    public int Count => items.Length;

    public int Height => items.Length == 0 ? 0 : items.Max(i => i.Height);

    public Expression this[int index] => items[index];

    public static ExpressionList Create(ReadOnlySpan<Expression> items) => new(items.ToArray());

    public void PrintTo(StringBuilder text)
    {
        for (var i = 0; i < items.Length; i++)
        {
            text.Append(i == 0 ? "" : ", ");
            items[i].PrintTo(text);
        }
    }

    public bool Equals(ExpressionList? other) => other is not null && items.AsSpan().SequenceEqual(other.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as ExpressionList);

    public override int GetHashCode() => items.Aggregate(items.Length, HashCode.Combine);

    public IEnumerator<Expression> GetEnumerator() => ((IEnumerable<Expression>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => items.GetEnumerator();

    private ReadOnlySpan<Expression> AsSpan() => items;
}
