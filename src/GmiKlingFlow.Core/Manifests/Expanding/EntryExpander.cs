using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests.Binding;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Templating;

namespace GmiKlingFlow.Core.Manifests.Expanding;

/// <summary>Face entries of one row. An entry without templates is made once per video and shared by all jobs.</summary>
internal sealed class EntryExpander(ValueReader values, Scopes scopes, NamedSources named, SoundFiles soundFiles)
{
    private readonly Dictionary<EntryTemplate, bool> constants = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Video, Dictionary<EntryTemplate, FaceEntry>> shared = new(ReferenceEqualityComparer.Instance);
    private readonly SelectorReader selectors = new(values);

    /// <returns>An entry that is not whole (<see cref="EntryParts.AreWhole"/>) when a diagnostic was added.</returns>
    public FaceEntry Expand(EntryTemplate entry, SoundTemplate defaults, RowContext row)
    {
        var sound = entry.Sound.Over(defaults);
        if (row.Matrix is null || !IsConstant(entry, sound))
        {
            return Make(entry, sound, row);
        }

        if (shared.TryGetValue(row.Video, out var known) && known.TryGetValue(entry, out var made))
        {
            return made;
        }

        made = Make(entry, sound, row);
        if (EntryParts.AreWhole(made))
        {
            if (known is null)
            {
                shared.Add(row.Video, known = new(ReferenceEqualityComparer.Instance));
            }

            known.Add(entry, made);
        }

        return made;
    }

    private FaceEntry Make(EntryTemplate entry, SoundTemplate sound, RowContext row)
    {
        var face = Face(entry, row) ?? LostFace(entry);
        var parts = Parts(entry, sound, row, row.Scope, cue: null);
        return new FaceEntry(face, parts.Sound, parts.Start ?? Zero(entry), parts.End, parts.Insert ?? Zero(entry), parts.Volume, parts.OriginalVolume, null, entry.Place);
    }

    /// <summary>Stands for a face that a diagnostic keeps from being known.</summary>
    public static FaceName LostFace(EntryTemplate entry) => new("", [], entry.Place);

    /// <param name="ofSound">What the audio may read.</param>
    /// <param name="cue">For an entry that is made from subtitles.</param>
    public EntryParts Parts(EntryTemplate entry, SoundTemplate sound, RowContext row, TemplateScope ofSound, TemplateValue? cue)
    {
        var said = Sound(entry, ofSound);
        var scope = scopes.OfEntry(row.Matrix, row.JobValue, row.Video, (said.Value as Sound.Track)?.Audio, cue);
        return new EntryParts(
            said,
            values.Time(sound.Start, scope, "sound_start_time"),
            values.Time(sound.End, scope, "sound_end_time"),
            values.Time(sound.Insert, scope, "sound_insert_time"),
            values.Number(sound.Volume, scope, "sound_volume"),
            values.Number(sound.OriginalVolume, scope, "original_audio_volume"));
    }

    /// <returns>Null when a diagnostic was added, or no face is given.</returns>
    public FaceName? Face(EntryTemplate entry, RowContext row)
    {
        if (entry.Selectors is { } written)
        {
            return Face(written, row);
        }

        if (entry.FaceId is { } faceId)
        {
            return values.Text(faceId, row.Scope, "face_id") is { } id
                ? new FaceName($"id: \"{id}\"", [new FaceSelector.ById(id)], faceId.Place)
                : null;
        }

        return entry.Face is { } face ? Face(face, row) : null;
    }

    /// <returns>Null when a diagnostic was added.</returns>
    public FaceName? Face(IReadOnlyList<SelectorTemplate> written, RowContext row) => selectors.Read(written, row.Scope) is { } read
        ? new FaceName(string.Join(" | ", read.Select(SelectorReader.Shown)), read, written[0].Place)
        : null;

    /// <param name="face">A name among the video's faces.</param>
    /// <returns>Null when a diagnostic was added, now or where the face was named.</returns>
    public FaceName? Face(Templated face, RowContext row)
    {
        if (values.Text(face, row.Scope, "face") is not { } name)
        {
            return null;
        }

        if (row.Video.Faces.TryGetValue(name, out var known))
        {
            return known;
        }

        if (!row.Video.FacesAreKnown)
        {
            return null;
        }

        values.Diagnostics.Add(MeaningDiagnostics.UnknownFace(face.Place, name, row.Video.Name, NearestName.Of(name, row.Video.Faces.Keys)));
        return null;
    }

    /// <returns>Incomplete audio when a diagnostic was added.</returns>
    private Located<Sound> Sound(EntryTemplate entry, TemplateScope scope)
    {
        if (entry.Audio is { } audio)
        {
            return values.Text(audio, scope, "audio") is { } name
                ? new Located<Sound>(new Sound.Track(named.Audio(name, audio.Place, values.Diagnostics)), audio.Place)
                : Lost(audio);
        }

        return entry.SoundFile is { } file
            ? (values.Text(file, scope, "sound_file") is { } written ? soundFiles.Resolve(written, file) : null) ?? Lost(file)
            : Lost("", entry.Place);
    }

    private static Located<Sound> Lost(Templated origin) =>
        Lost(origin switch { Templated.Fixed { Written: { } written } => written, Templated.Computed computed => computed.Written, _ => "" }, origin.Place);

    private static Located<Sound> Lost(string name, Place place) => new(new Sound.Track(NamedSources.LostAudio(name, place)), place);

    private bool IsConstant(EntryTemplate entry, SoundTemplate sound)
    {
        if (!constants.TryGetValue(entry, out var isConstant))
        {
            Templated?[] parts = [entry.Face, entry.FaceId, entry.Audio, entry.SoundFile, sound.Start, sound.End, sound.Insert, sound.Volume, sound.OriginalVolume];
            isConstant = parts.All(p => p is null or Templated.Fixed) && (entry.Selectors ?? []).All(s => s.Value is Templated.Fixed);
            constants.Add(entry, isConstant);
        }

        return isConstant;
    }

    private static Setting<TimeSpan>.Known Zero(EntryTemplate entry) => new(TimeSpan.Zero, entry.Place);
}
