using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests.Binding;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Templating;

namespace GmiKlingFlow.Core.Manifests.Expanding;

/// <summary>Face entries of one row. An entry without templates is made once per video and shared by all jobs.</summary>
internal sealed class EntryExpander(ValueReader values, Scopes scopes, NamedSources named, SoundFiles soundFiles)
{
    private readonly Dictionary<EntryTemplate, bool> constants = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(Video, Place), FaceEntry> shared = [];
    private readonly SelectorReader selectors = new(values);

    /// <returns>Null when a diagnostic was added.</returns>
    public FaceEntry? Expand(EntryTemplate entry, SoundTemplate defaults, RowContext row)
    {
        if (entry.IsBroken)
        {
            return null;
        }

        var sound = entry.Sound.Over(defaults);
        if (!IsConstant(entry, sound))
        {
            return Make(entry, sound, row);
        }

        var key = (row.Video, entry.Place);
        if (!shared.TryGetValue(key, out var made) && Make(entry, sound, row) is { } fresh)
        {
            shared.Add(key, made = fresh);
        }

        return made;
    }

    private FaceEntry? Make(EntryTemplate entry, SoundTemplate sound, RowContext row)
    {
        var before = values.Diagnostics.Count;
        var face = Face(entry, row);
        var said = Sound(entry, row.Scope);
        if (said is null)
        {
            // Times computed from an audio that isn't there would only repeat the mistake.
            sound = sound.WithoutTemplates();
        }

        var scope = scopes.OfEntry(row.Matrix, row.JobValue, row.Video, (said?.Value as Sound.Track)?.Audio);
        var start = values.Time(sound.Start, scope, "sound_start_time");
        var end = values.Time(sound.End, scope, "sound_end_time");
        var insert = values.Time(sound.Insert, scope, "sound_insert_time");
        var volume = values.Number(sound.Volume, scope, "sound_volume");
        var original = values.Number(sound.OriginalVolume, scope, "original_audio_volume");
        if (face is null || said is null || values.Diagnostics.Count > before)
        {
            return null;
        }

        return new FaceEntry(face, said, start ?? Zero(entry), end, insert ?? Zero(entry), volume, original, null, entry.Place);
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
    /// <returns>Null when a diagnostic was added.</returns>
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

        values.Diagnostics.Add(MeaningDiagnostics.UnknownFace(face.Place, name, row.Video.Name, NearestName.Of(name, row.Video.Faces.Keys)));
        return null;
    }

    /// <returns>Null when a diagnostic was added.</returns>
    public Located<Sound>? Sound(EntryTemplate entry, TemplateScope scope)
    {
        if (entry.Audio is { } audio)
        {
            return values.Text(audio, scope, "audio") is { } name && named.Audio(name, audio.Place, values.Diagnostics) is { } track
                ? new Located<Sound>(new Sound.Track(track), audio.Place)
                : null;
        }

        return entry.SoundFile is { } file && values.Text(file, scope, "sound_file") is { } written
            ? soundFiles.Resolve(written, file)
            : null;
    }

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
