using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.Verification;

namespace GmiKlingFlow.Cli.Output.Verifications;

/// <summary>Results held against the disk.</summary>
/// <param name="Given">The manifest as named on the command line.</param>
/// <param name="HasInputs">False for results of a release that told none but the flow.</param>
internal sealed record VerifiedManifest(string Given, ResultsRun Run, bool HasInputs, CheckedManifest Checked)
{
    public bool IsWhole => Checked.Counts.Keys.All(static verdict => verdict is FileVerdict.Whole or FileVerdict.NotKnown);

    /// <summary>Jobs that made no video which could be looked at.</summary>
    public int WithoutOutput => Checked.WithoutOutput;

    /// <summary>Those that were to be listed.</summary>
    public IReadOnlyList<CheckedFile> Files => Checked.Files;

    public int Count(FileVerdict verdict) => Checked.Counts.GetValueOrDefault(verdict);
}
