using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Model;

/// <summary>A job that a diagnostic keeps from being built: it can be checked as far as it goes, and nothing else.</summary>
/// <param name="Id">Null where even the id is not known.</param>
public sealed record UnbuiltJob(string? Id, Place Place)
{
    /// <summary>
    /// What could be read of it all the same, so that its other problems are told in the same round. What a diagnostic keeps from it is
    /// unknown there: a source that can't be read, a face without selectors, <see cref="Setting{T}.Lost"/>. Null where nothing is left to check.
    /// </summary>
    public Job? Rest { get; init; }
}
