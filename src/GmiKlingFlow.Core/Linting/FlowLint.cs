using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Rules;

namespace GmiKlingFlow.Core.Linting;

/// <summary>Warnings for what is allowed and probably wrong. What depends on the clock is <see cref="SignedUrlLint"/>'s.</summary>
public static class FlowLint
{
    public static void Check(Flow flow, KlingLimits limits, DiagnosticBag diagnostics)
    {
        var clips = new ClipLint(limits);
        foreach (var job in flow.Jobs)
        {
            if (job.SkippedBecause is null)
            {
                clips.Check(job, diagnostics);
            }
        }

        UnusedSources.Check(flow, diagnostics);
        foreach (var matrix in flow.Matrices)
        {
            // A list that comes from vars may be longer next time.
            if (matrix is { Rows: 1, IsWrittenOut: true })
            {
                diagnostics.Add(LintDiagnostics.MatrixOfOne(matrix.Place));
            }
        }
    }
}
