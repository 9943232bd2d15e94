namespace GmiKlingFlow.Runtime.State;

/// <summary>A flow that was run with a state.</summary>
/// <param name="File">As it was shown to the run: relative to the working directory of that time where it lay below it, with <c>/</c>.</param>
public sealed record StoredFlow(string Name, string File);
