using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Runtime.Downloads;
using GmiKlingFlow.Runtime.State;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>Where an output may be put. Asked before anything is spent.</summary>
internal sealed class OutputPlaces(RunScope run)
{
    private readonly OutputFolder folder = new(run.Options.OutputFolder);

    /// <returns>The absolute path, or why nothing may be put there.</returns>
    public (string Path, Failure? Failure) Place(string output) => folder.Resolve(output) switch
    {
        OutputPath.Inside inside => (inside.FullPath, run.Options.Simulated && HoldsPaidVideo(inside.FullPath) ? StateFailures.HoldsPaidVideo(output) : null),
        OutputPath.Refused refused => (output, refused.Failure),
        var other => throw new InvalidOperationException($"A path was resolved as {other.GetType().Name}."),
    };

    private bool HoldsPaidVideo(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            return false;
        }

        var paid = run.Store.Outputs.PaidAt(path, file.Length);
        return paid.Any(o => o.Path == path) || OutputFiles.IsThere(paid, path) is not null;
    }
}
