namespace GmiKlingFlow.Core.Model;

/// <summary>One flow, read, bound and expanded: every job, every value with the place it comes from.</summary>
/// <param name="File">The flow's path as it is shown to people.</param>
/// <param name="FullPath">The flow's absolute path.</param>
/// <param name="Sha256">Lower-case hex of the flow file's bytes; null when the flow is only checked: what is planned needs it.</param>
/// <param name="Jobs">In the order of the flow, matrix rows in GitHub Actions' order.</param>
public sealed record Flow(
    string Name,
    string File,
    string FullPath,
    string? Sha256,
    IReadOnlyDictionary<string, Video> Videos,
    IReadOnlyDictionary<string, AudioTrack> Audio,
    IReadOnlyList<Job> Jobs,
    RunSettings Run)
{
    public string Sha256 { get => field ?? throw new InvalidOperationException("A flow that is only checked has no hashes."); } = Sha256;

    /// <summary>Jobs that diagnostics keep from being built, in the order of the flow.</summary>
    public IReadOnlyList<UnbuiltJob> Unbuilt { get; init; } = [];

    /// <summary>The flow's own file, what it includes, and the files of <c>--var-file</c>; empty when the flow is only checked.</summary>
    public IReadOnlyList<FlowInput> Inputs { get; init; } = [];

    /// <summary>Each <c>matrix</c> that could be expanded.</summary>
    public IReadOnlyList<MatrixUse> Matrices { get; init; } = [];
}
