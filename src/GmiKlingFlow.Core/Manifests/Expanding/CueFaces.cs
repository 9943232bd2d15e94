using GmiKlingFlow.Core.Manifests.Binding;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Subtitles;

namespace GmiKlingFlow.Core.Manifests.Expanding;

/// <summary>Whose the cues are: the video's faces under their own names, the job's <c>speakers</c> over them, and its <c>face</c> for cues without a label.</summary>
internal sealed class CueFaces
{
    // A speaker who is there as null makes no entry.
    private readonly Dictionary<string, FaceName?> bySpeaker = new(StringComparer.Ordinal);
    private readonly FaceName? withoutLabel;

    public CueFaces(EntryExpander entries, SegmentsTemplate template, RowContext row)
    {
        foreach (var face in row.Video.Faces.Values)
        {
            bySpeaker[face.Name] = face;
        }

        foreach (var speaker in template.Speakers)
        {
            var isNobody = speaker is { Face: null, Selectors: null };
            var face = isNobody ? null : speaker.Face is { } name ? entries.Face(name, row) : entries.Face(speaker.Selectors ?? [], row);
            AreRight &= isNobody || face is not null;
            bySpeaker[speaker.Label] = face;
        }

        var entry = template.Entry;
        var isGiven = entry.Face is not null || entry.FaceId is not null || entry.Selectors is not null;
        withoutLabel = isGiven ? entries.Face(entry, row) : row.Video.Faces.Count == 1 ? row.Video.Faces.Values.First() : null;
        AreRight &= !isGiven || withoutLabel is not null;
        Names = new SpeakerNames(bySpeaker.Keys);
        WithoutLabel = isGiven ? WithoutLabel.AreTheJobsFace
            : row.Video.Faces.Count == 1 && template.Speakers.Count == 0 ? WithoutLabel.AreTheOnlyFaces
            : WithoutLabel.AreAnError;
    }

    /// <summary>False when a diagnostic was added.</summary>
    public bool AreRight { get; } = true;

    public SpeakerNames Names { get; }

    public WithoutLabel WithoutLabel { get; }

    public bool HasFace(string? speaker) => speaker is null || bySpeaker[speaker] is not null;

    /// <exception cref="InvalidOperationException">The speaker has no face.</exception>
    public FaceName Of(string? speaker) =>
        (speaker is null ? withoutLabel : bySpeaker[speaker]) ?? throw new InvalidOperationException($"Nobody says the cues of \"{speaker}\".");
}
