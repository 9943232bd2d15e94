using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Templating;

namespace GmiKlingFlow.Core.Model;

/// <summary>A field of a face entry: decided now, or as soon as the faces are known.</summary>
public abstract record Setting<T>(Place Place)
{
    public sealed record Known(T Value, Place Place) : Setting<T>(Place);

    /// <param name="Residual">What is left to compute: everything but <c>face</c> is folded in already.</param>
    public sealed record Deferred(Expression Residual, Place Place) : Setting<T>(Place);

    /// <summary>A diagnostic tells why there is no value. Only in what is left of an <see cref="UnbuiltJob"/>.</summary>
    public sealed record Lost(Place Place) : Setting<T>(Place);
}
