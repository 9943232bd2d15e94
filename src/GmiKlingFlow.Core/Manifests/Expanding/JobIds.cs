using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests.Binding;

namespace GmiKlingFlow.Core.Manifests.Expanding;

/// <summary>Job ids: fit for file names, and each used once.</summary>
internal sealed class JobIds
{
    private readonly Dictionary<string, Templated> taken = new(StringComparer.Ordinal);

    /// <returns>False when a diagnostic was added.</returns>
    public bool Take(string id, Templated origin, string? axis, DiagnosticBag diagnostics)
    {
        if (!IsRight(id) || OutputPath.SegmentProblem(id) is not null)
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

    private static bool IsRight(string id) =>
        id.Length is > 0 and <= 128
        && char.IsAsciiLetterOrDigit(id[0])
        && id.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}
