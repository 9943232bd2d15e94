namespace GmiKlingFlow.Core.Planning;

/// <summary>Where a run writes.</summary>
/// <param name="Output">Absolute, symlinks resolved.</param>
/// <param name="State">Absolute, symlinks resolved.</param>
public sealed record OutputFolders(string Output, string State);
