using System.Text.RegularExpressions;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests.Binding;

namespace GmiKlingFlow.Core.Manifests.Expanding;

/// <summary>Job ids: fit for file names, and each used once.</summary>
internal sealed partial class JobIds
{
    private readonly Dictionary<string, Templated> taken = new(StringComparer.Ordinal);

    /// <returns>False when a diagnostic was added.</returns>
    public bool Take(string id, Templated origin, string? axis, DiagnosticBag diagnostics)
    {
        if (!Pattern().IsMatch(id) || OutputPath.SegmentProblem(id) is not null)
        {
            diagnostics.Add(MeaningDiagnostics.BadJobId(origin.Place, id));
            return false;
        }

        if (taken.TryAdd(id, origin))
        {
            return true;
        }

        var isSameJob = ReferenceEquals(taken[id], origin);
        diagnostics.Add(isSameJob && origin is Templated.Fixed && axis is not null
            ? MeaningDiagnostics.JobIdLacksMatrix(origin.Place, id, axis)
            : MeaningDiagnostics.DuplicateJobId(origin.Place, id, taken[id].Place.Span));
        return false;
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
