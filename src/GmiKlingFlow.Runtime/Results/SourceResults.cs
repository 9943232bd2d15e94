namespace GmiKlingFlow.Runtime.Results;

/// <param name="Input">Its <see cref="ResultsInput.Name"/>: file or URL.</param>
/// <param name="DurationMs">Null when it is not known.</param>
/// <param name="Faces">Who is seen when, as identify or the faces lock says; null while nobody has said.</param>
public sealed record VideoResult(string Name, string Input, long? DurationMs, IReadOnlyList<FaceResult>? Faces);

/// <summary>Times in milliseconds of the video.</summary>
public sealed record FaceResult(string FaceId, long StartTime, long EndTime);

/// <param name="Input">Its <see cref="ResultsInput.Name"/>: file or URL.</param>
/// <param name="DurationMs">Null when it is not known.</param>
public sealed record AudioResult(string Name, string Input, long? DurationMs);

/// <param name="Face">The face's name in the flow, or the selector's own words.</param>
/// <param name="Audio">The track's name; null for audio that has none, such as Base64 in the flow itself.</param>
public sealed record EntryResult(string Face, string? Audio);
