using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Model;

/// <summary>A job's matrix, once it is expanded.</summary>
/// <param name="Rows">The jobs it makes, those that <c>when</c> leaves out among them.</param>
/// <param name="IsWrittenOut">False where a template makes it: it may make others another time.</param>
public sealed record MatrixUse(Place Place, int Rows, bool IsWrittenOut);
