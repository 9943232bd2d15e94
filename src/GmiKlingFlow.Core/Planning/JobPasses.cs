using System.Globalization;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Choosing;

namespace GmiKlingFlow.Core.Planning;

/// <summary>Splits a job into its passes (<c>run.multi_face</c>). Decided from the text alone, so that a plan shows what a run does.</summary>
internal static class JobPasses
{
    private const string OriginalVolume = "original_audio_volume";

    private static readonly IReadOnlyList<IReadOnlyList<int>> OfOneEntry = [[0]];

    /// <returns>For each pass the indices of its entries, in the order in which the faces first appear.</returns>
    public static IReadOnlyList<IReadOnlyList<int>> Of(Job job, MultiFace multiFace)
    {
        // "only: true" is refused where there is a second face.
        if (multiFace == MultiFace.Together || job.Entries.Count < 2 || job.Entries.Any(entry => entry.Face.Selectors.Any(selector => selector is FaceSelector.Only)))
        {
            return job.Entries.Count == 1 ? OfOneEntry : [[.. Enumerable.Range(0, job.Entries.Count)]];
        }

        var passes = new List<List<int>>();
        var byFace = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        foreach (var (index, entry) in job.Entries.Index())
        {
            if (byFace.TryGetValue(SelectorText.Of(entry.Face), out var known))
            {
                known.Add(index);
                continue;
            }

            List<int> pass = [index];
            passes.Add(pass);

            // A name with several selectors may be another face_id for each clip, and a pass has one.
            if (entry.Face.Selectors.Count == 1)
            {
                byFace.Add(SelectorText.Of(entry.Face), pass);
            }
        }

        return passes;
    }

    /// <summary>Whether a job's entries name more than one face.</summary>
    public static bool HasSeveralFaces(Job job) => job.Entries.Count > 1 && Of(job, MultiFace.Chain).Count > 1;

    /// <summary>An entry as a later pass sends it. Its original sound holds the clips of the passes before: it stays as it is.</summary>
    public static FaceEntry AsLater(FaceEntry entry) => entry with
    {
        OriginalAudioVolume = new Setting<double>.Known(1, entry.OriginalAudioVolume?.Place ?? entry.Place),
        Verbatim = entry.Verbatim is { } verbatim
            ? new([.. verbatim.Members.Where(member => member.Key != OriginalVolume), new(OriginalVolume, new PayloadValue.Integer(1))])
            : null,
    };

    /// <summary>Volumes of the original sound that passes after the first can't give it any more.</summary>
    public static IEnumerable<Diagnostic> LostVolumes(Job job)
    {
        var passes = Of(job, MultiFace.Chain);
        if (Volume(job.Entries[passes[0][0]]) is not { } first)
        {
            yield break;
        }

        foreach (var entry in passes.Skip(1).SelectMany(pass => pass).Select(index => job.Entries[index]))
        {
            if (Volume(entry) is { } volume && volume != first)
            {
                yield return PlanDiagnostics.VolumeOfLaterPass(entry.OriginalAudioVolume?.Place ?? entry.Place, Text(volume), entry.Face.Name, Text(first));
            }
        }
    }

    private static double? Volume(FaceEntry entry) => entry.OriginalAudioVolume switch
    {
        null => 1,
        Setting<double>.Known known => known.Value,
        _ => null,
    };

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
