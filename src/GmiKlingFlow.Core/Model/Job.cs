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
    Place Place)
{
    /// <summary>The subtitles that the entries were made from; null where the flow gives the entries itself.</summary>
    public SubtitleSource? Subtitles { get; init; }
}

/// <summary>A subtitle file that times a job's entries.</summary>
/// <param name="Shown">The path as written in the flow.</param>
/// <param name="File">The path as it is shown in places: relative to the working directory where possible.</param>
/// <param name="FullPath">Absolute, symlinks resolved.</param>
/// <param name="Place">Where the flow names it.</param>
public sealed record SubtitleSource(string Shown, string File, string FullPath, Place Place)
{
    /// <summary>The file's bytes as they were read; null when the flow is only checked.</summary>
    public FlowInput? Input { get; init; }
}
