using System.Text.Json.Serialization;

namespace GmiKlingFlow.Runtime.State;

/// <summary>The JSON inside columns.</summary>
[JsonSerializable(typeof(string[][]))]
[JsonSerializable(typeof(StoredFace[]))]
internal sealed partial class StateJson : JsonSerializerContext;

/// <summary>A face of a session, in milliseconds of the video.</summary>
internal sealed record StoredFace(string Id, double Start, double End, string? Image);
