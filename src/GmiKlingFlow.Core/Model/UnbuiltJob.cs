using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Model;

/// <summary>A job that a diagnostic keeps from being built: it can be shown as blocked, and nothing else.</summary>
/// <param name="Id">Null where even the id is not known.</param>
public sealed record UnbuiltJob(string? Id, Place Place);
