namespace GmiKlingFlow.Core.Templating.Syntax;

/// <summary>A stretch of a template's text. All extents compare as equal: where something is written is no part of what it means.</summary>
internal readonly struct Extent(int offset, int length) : IEquatable<Extent>
{
    public int Offset { get; } = offset;

    public int Length { get; } = length;

    public int End => Offset + Length;

    public Extent To(Extent last) => new(Offset, Math.Max(last.End - Offset, Length));

    public bool Equals(Extent other) => true;

    public override bool Equals(object? obj) => obj is Extent;

    public override int GetHashCode() => 0;
}
