using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests.Yaml;
using GmiKlingFlow.Core.Subtitles;

namespace GmiKlingFlow.Core.Manifests.Binding;

/// <summary>A job's <c>segments_from</c> with the keys that belong to it.</summary>
internal sealed class SegmentsBinder(DiagnosticBag diagnostics)
{
    // A job's other keys, such as id, mean the same with and without subtitles.
    private static readonly string[] Own = ["speakers", .. FlowShape.Objects[FlowShape.Entry]];

    /// <returns>Null where the job has none, or a diagnostic was added.</returns>
    public SegmentsTemplate? Segments(MapReader job, out bool isRight)
    {
        if (job.Node("segments_from") is null)
        {
            var misplaced = Misplaced(job);
            foreach (var key in misplaced)
            {
                diagnostics.Add(Problem(job, key));
            }

            isRight = misplaced.Count == 0;
            return null;
        }

        var file = job.Scalar("segments_from");
        var speakers = Speakers(job, out isRight);
        var entry = new EntryBinder(diagnostics).Made(job);
        isRight &= !entry.IsBroken && file is not Templated.Broken;
        return file is null ? null : new SegmentsTemplate(file, speakers, entry, new Place(file.Place.Span, job.PathOf("segments_from")));
    }

    /// <summary>Keys of a job that mean nothing without subtitles.</summary>
    public static IReadOnlyList<string> Misplaced(MapReader job)
    {
        List<string>? misplaced = null;
        foreach (var key in job.Node("segments_from") is null ? Own : [])
        {
            if (job.HasKey(key))
            {
                (misplaced ??= []).Add(key);
            }
        }

        return (IReadOnlyList<string>?)misplaced ?? [];
    }

    // "face" with a list of entries is a mistyped "faces".
    private static Diagnostic Problem(MapReader job, string key) => key == "face" && job.Node("faces") is null && job.Node("face") is ManifestSequence
        ? ShapeDiagnostics.UnknownKey(job.KeyPlace(key), key, job.Shape, "faces", FlowShape.Objects[job.Shape])
        : SubtitleDiagnostics.OnlyWithSegments(job.KeyPlace(key), key);

    private List<SpeakerTemplate> Speakers(MapReader job, out bool isRight)
    {
        isRight = job.Node("speakers") is null or ManifestMapping;
        var speakers = new List<SpeakerTemplate>();
        foreach (var member in job.Map("speakers")?.Members ?? [])
        {
            var path = $"{job.PathOf("speakers")}.{member.Name}";
            var place = new Place(member.Key.Span, path);
            switch (member.Value)
            {
                case ManifestScalar { IsNull: true }:
                    speakers.Add(new SpeakerTemplate(member.Name, null, null, place));
                    break;
                case ManifestScalar name:
                    speakers.Add(new SpeakerTemplate(member.Name, TemplatedBinder.Bind(name, path, diagnostics), null, place));
                    break;
                case var node:
                    var selectors = new SelectorBinder(diagnostics).Selectors(node, path);
                    isRight &= selectors is not null;
                    speakers.Add(new SpeakerTemplate(member.Name, null, selectors ?? [], place));
                    break;
            }
        }

        return speakers;
    }
}
