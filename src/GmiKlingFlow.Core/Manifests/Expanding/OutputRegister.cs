using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Manifests.Expanding;

/// <summary>Output paths: inside the output folder, and each one job's alone, also on disks that ignore case.</summary>
internal sealed class OutputRegister
{
    private readonly Dictionary<string, Taken> files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Taken> folders = new(StringComparer.Ordinal);

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
        if ((files.GetValueOrDefault(key) ?? folders.GetValueOrDefault(key) ?? FileAbove(key)) is { } other)
        {
            diagnostics.Add(MeaningDiagnostics.OutputTaken(place, output, other.Output, other.Job, other.Place.Span));
            return null;
        }

        var taken = new Taken(output, job, place);
        files.Add(key, taken);
        for (var slash = key.IndexOf('/'); slash >= 0; slash = key.IndexOf('/', slash + 1))
        {
            folders.TryAdd(key[..slash], taken);
        }

        return output;
    }

    private Taken? FileAbove(string key)
    {
        for (var slash = key.IndexOf('/'); slash >= 0; slash = key.IndexOf('/', slash + 1))
        {
            if (files.TryGetValue(key[..slash], out var file))
            {
                return file;
            }
        }

        return null;
    }

    private sealed record Taken(string Output, string Job, Place Place);
}
