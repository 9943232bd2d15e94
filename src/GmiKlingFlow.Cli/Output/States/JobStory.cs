using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Cli.Output.States;

/// <summary>A job of the state with the requests it used and, where it is asked for, all that happened to it.</summary>
internal sealed record JobStory(StoredJob Job, IReadOnlyList<StoredRequest> Requests, IReadOnlyList<StoredTransition> Transitions);
