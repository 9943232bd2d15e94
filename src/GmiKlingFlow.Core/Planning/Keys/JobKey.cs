namespace GmiKlingFlow.Core.Planning.Keys;

/// <summary>What a job's result depends on: equal keys, equal results.</summary>
/// <param name="Value">Lower-case hex SHA-256 over <paramref name="Parts"/>.</param>
/// <param name="Parts">Each input by name (<c>video</c>, <c>faces[0].sound_insert_time</c>), in a fixed order; kept in the state to tell later what changed.</param>
public sealed record JobKey(string Value, IReadOnlyList<KeyValuePair<string, string>> Parts);
