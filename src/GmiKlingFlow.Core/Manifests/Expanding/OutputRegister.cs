using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Manifests.Expanding;

/// <summary>Output paths: inside the output folder, and each one job's alone, also on disks that ignore case.</summary>
internal sealed class OutputRegister
{
    private readonly Dictionary<string, (string Output, string Job, Place Place)> files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Output, string Job, Place Place)> folders = new(StringComparer.Ordinal);

    /// <returns>The normalised path; null when a diagnostic was added.</returns>
    public string? Take(string written, string job, Place place, DiagnosticBag diagnostics)
    {
        if (OutputPath.Problem(written) is { } problem)
        {
            diagnostics.Add(MeaningDiagnostics.BadOutput(place, written, problem));
            return null;
        }

        var output = OutputPath.Normalise(written);
        var key = OutputPath.CollisionKey(output);
        if (files.TryGetValue(key, out var other) || folders.TryGetValue(key, out other) || FileAbove(key, out other))
        {
            diagnostics.Add(MeaningDiagnostics.OutputTaken(place, output, other.Output, other.Job, other.Place.Span));
            return null;
        }

        files.Add(key, (output, job, place));
        for (var slash = key.IndexOf('/'); slash >= 0; slash = key.IndexOf('/', slash + 1))
        {
            folders.TryAdd(key[..slash], (output, job, place));
        }

        return output;
    }

    private bool FileAbove(string key, out (string Output, string Job, Place Place) other)
    {
        for (var slash = key.IndexOf('/'); slash >= 0; slash = key.IndexOf('/', slash + 1))
        {
            if (files.TryGetValue(key[..slash], out other))
            {
                return true;
            }
        }

        other = default;
        return false;
    }
}
