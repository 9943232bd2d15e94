using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Model;

/// <summary>One output video, after matrix expansion.</summary>
/// <param name="Id">Unique in the flow.</param>
/// <param name="Labels">Free text for people; in the order written.</param>
/// <param name="Output">Below the output folder, with <c>/</c>; never outside it.</param>
/// <param name="SkippedBecause">Why <c>when</c> leaves this job out; null when it is in.</param>
/// <param name="IsVerbatim">True when the job gives <c>face_choose:</c> itself.</param>
public sealed record Job(
    string Id,
    IReadOnlyList<KeyValuePair<string, string>> Labels,
    Video Video,
    IReadOnlyList<FaceEntry> Entries,
    string Output,
    string? SkippedBecause,
    bool IsVerbatim,
    Place Place);
