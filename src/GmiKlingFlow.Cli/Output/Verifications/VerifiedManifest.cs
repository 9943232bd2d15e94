using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.Verification;

namespace GmiKlingFlow.Cli.Output.Verifications;

/// <summary>Results held against the disk.</summary>
/// <param name="Given">The manifest as named on the command line.</param>
internal sealed record VerifiedManifest(string Given, RunResults Results, IReadOnlyList<CheckedFile> Files)
{
    public bool IsWhole => Files.All(static file => file.Verdict is FileVerdict.Whole or FileVerdict.NotKnown);

    /// <summary>Jobs that made no video which could be looked at.</summary>
    public int WithoutOutput => Results.Jobs.Count(static job => job.Output is null && job.Status != JobStatus.Skipped);

    public int Count(FileVerdict verdict) => Files.Count(file => file.Verdict == verdict);
}
