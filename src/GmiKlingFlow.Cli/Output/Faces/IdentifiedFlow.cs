using GmiKlingFlow.Runtime.Execution;

namespace GmiKlingFlow.Cli.Output.Faces;

/// <summary>The videos of one flow with whom they show.</summary>
internal sealed record IdentifiedFlow(string Name, IReadOnlyList<IdentifiedVideo> Videos);
