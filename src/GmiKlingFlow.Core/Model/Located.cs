using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Model;

/// <summary>A value together with the place in the flow that it comes from.</summary>
public sealed record Located<T>(T Value, Place Place);
