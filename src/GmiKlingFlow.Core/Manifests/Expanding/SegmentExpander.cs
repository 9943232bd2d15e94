using System.Text.RegularExpressions;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests.Binding;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Rules;
using GmiKlingFlow.Core.Subtitles;
using GmiKlingFlow.Core.Templating;

namespace GmiKlingFlow.Core.Manifests.Expanding;

/// <summary>The cues of a subtitle file to face entries: who says what when.</summary>
internal sealed partial class SegmentExpander(ValueReader values, Scopes scopes, EntryExpander entries, SubtitleFiles subtitles)
{
    /// <returns>No entries when a diagnostic was added.</returns>
    public (List<FaceEntry>? Entries, SubtitleSource? Source) Expand(SegmentsTemplate template, SoundTemplate defaults, RowContext row)
    {
        var faces = new CueFaces(entries, template, row);
        var way = Way(template.Entry, row);
        if (values.Text(template.File, row.Scope, "segments_from") is not { } written
            || subtitles.Read(written, template.File) is not var (file, source)
            || way is null
            || !faces.AreRight)
        {
            return default;
        }

        var problems = new DiagnosticBag();
        var segments = Segments(file, faces, way.Value, row, template.Place.Path, problems);
        var made = segments is null ? null : Entries(segments, file, faces, template, defaults, row, problems);
        if (segments is not null && made is { Count: 0 } && !problems.HasErrors)
        {
            problems.Add(SubtitleDiagnostics.NothingToSay(template.File.Place, written));
        }

        values.Diagnostics.AddRange(Related(SubtitleReader.Told(problems, file.File, template.Place.Path), template.File.Place));
        return problems.HasErrors || made is null ? default : (made, source);
    }

    /// <summary>The same, each with the flow's own place beside that in the subtitle file.</summary>
    public static IEnumerable<Diagnostic> Related(IEnumerable<Diagnostic> problems, Place flow) => problems.Select(problem =>
        problem.Place is { } place && place.Span.File != flow.Span.File
            ? problem with { Related = [.. problem.Related, new RelatedPlace("The flow names this file here.", flow.Span)] }
            : problem);

    private static IReadOnlyList<CueSegment>? Segments(SubtitleFile file, CueFaces faces, CueWay way, RowContext row, string path, DiagnosticBag problems)
    {
        if (new CueCasting(faces.Names, row.Video.Name, faces.WithoutLabel, path, problems).Cast(file) is not { } cast)
        {
            return null;
        }

        var limits = KlingLimits.Current;
        if (way == CueWay.EachByItself)
        {
            return [.. cast.Where(cue => faces.HasFace(cue.Speaker)).Select(cue => new CueSegment([cue.Cue], cue.Speaker))];
        }

        var joined = new CueJoiner(limits.ClipShortest).Join(cast);
        foreach (var segment in joined.Where(s => faces.HasFace(s.Speaker) && s.Times.Length < limits.ClipShortest))
        {
            problems.Add(ShortCues.Problem(segment, cast, limits.ClipShortest, file.IsWebVtt, path));
        }

        return [.. joined.Where(s => faces.HasFace(s.Speaker))];
    }

    private List<FaceEntry>? Entries(IReadOnlyList<CueSegment> segments, SubtitleFile file, CueFaces faces, SegmentsTemplate template, SoundTemplate defaults, RowContext row, DiagnosticBag problems)
    {
        var made = new List<FaceEntry>(segments.Count);
        foreach (var segment in segments)
        {
            if (Entry(segment, file, faces, template, defaults, row, problems) is { } entry)
            {
                made.Add(entry);
            }
        }

        return made.Count == segments.Count ? made : null;
    }

    private FaceEntry? Entry(CueSegment segment, SubtitleFile file, CueFaces faces, SegmentsTemplate template, SoundTemplate defaults, RowContext row, DiagnosticBag problems)
    {
        var (entry, path, face) = (template.Entry, template.Place.Path, faces.Of(segment.Speaker));
        var cue = CueValue(segment, face);
        if (entries.Sound(entry, scopes.OfCue(row.Matrix, row.JobValue, row.Video, cue)) is not { } said)
        {
            return null;
        }

        // Of the flow's defaults only the volumes are meant: a cue has its own times.
        var sound = entry.Sound with { Volume = entry.Sound.Volume ?? defaults.Volume, OriginalVolume = entry.Sound.OriginalVolume ?? defaults.OriginalVolume };
        var before = values.Diagnostics.Count;
        var track = (said.Value as Sound.Track)?.Audio;
        var scope = scopes.OfEntry(row.Matrix, row.JobValue, row.Video, track, cue);
        var start = values.Time(sound.Start, scope, "sound_start_time");
        var end = values.Time(sound.End, scope, "sound_end_time");
        var insert = values.Time(sound.Insert, scope, "sound_insert_time");
        var volume = values.Number(sound.Volume, scope, "sound_volume");
        var original = values.Number(sound.OriginalVolume, scope, "original_audio_volume");
        if (values.Diagnostics.Count > before)
        {
            return null;
        }

        var cueStart = new Setting<TimeSpan>.Known(segment.Times.Start, new Place(segment.Cues[0].StartSpan, path));
        if (end is null && start is null)
        {
            end = new Setting<TimeSpan>.Known(segment.Times.End, new Place(segment.Last.EndSpan, path));
            if (track?.Duration is { } duration && segment.Times.End > duration)
            {
                problems.Add(CueAfterAudio(segment, track, duration, file.IsWebVtt, path));
                return null;
            }
        }

        var place = new Place(segment.Cues[0].Span, path);
        return new FaceEntry(face, said, start ?? cueStart, end, insert ?? cueStart, volume, original, null, place) { Cues = [.. segment.Cues.Select(c => c.Index)] };
    }

    private static Diagnostic CueAfterAudio(CueSegment segment, AudioTrack track, TimeSpan duration, bool isWebVtt, string path)
    {
        var limits = KlingLimits.Current;
        var latest = TimeSpan.FromMilliseconds(Math.Floor((duration - limits.EndMargin).TotalMilliseconds));
        return SubtitleDiagnostics.CueAfterAudio(
            new Place(segment.Last.EndSpan, path),
            CueTime.Text(segment.Times.End, isWebVtt),
            track.Name,
            (long)duration.TotalMilliseconds,
            latest - segment.Times.Start >= limits.ClipShortest ? CueTime.Text(latest, isWebVtt) : null);
    }

    /// <returns>How the audio goes with the cues; null when a diagnostic was added.</returns>
    private CueWay? Way(EntryTemplate entry, RowContext row)
    {
        var (audio, key) = entry.Audio is not null ? (entry.Audio, "audio") : (entry.SoundFile, "sound_file");
        var varies = false;
        if (audio is Templated.Computed { Template.Names: var names } && names.Contains("cue"))
        {
            var open = values.Evaluate(audio, scopes.OfCue(row.Matrix, row.JobValue, row.Video, cue: null));
            if (open is TemplateResult.Failed)
            {
                return null;
            }

            varies = open is TemplateResult.Deferred later && OtherThanSpeaker().IsMatch(later.Residual.Print());
        }

        if (varies && entry.Sound.Start is null && audio is not null)
        {
            values.Diagnostics.Add(SubtitleDiagnostics.StartNeeded(audio.Place, key));
            return null;
        }

        return varies || (entry.Sound.Start is not null && entry.Sound.End is null) ? CueWay.EachByItself : CueWay.OnOneClock;
    }

    private static TemplateValue.Map CueValue(CueSegment segment, FaceName face) => Scopes.Map(
        ("index", new TemplateValue.Integer(segment.Cues[0].Index)),
        ("id", Scopes.Text(segment.Cues[0].Id)),
        ("start_time", ValueReader.Milliseconds(segment.Times.Start)),
        ("end_time", ValueReader.Milliseconds(segment.Times.End)),
        ("speaker", Scopes.Text(segment.Speaker ?? face.Name)),
        ("face", Scopes.Text(face.Name)),
        ("text", Scopes.Text(string.Join(' ', segment.Cues.Select(c => c.Text)))));

    [GeneratedRegex(@"(?<![\w.])cue\b(?!\.(?:speaker|face)\b)", RegexOptions.CultureInvariant)]
    private static partial Regex OtherThanSpeaker();

    private enum CueWay
    {
        /// <summary>The audio lies on the video's clock: cues say which part of it is meant, and may be joined.</summary>
        OnOneClock,

        /// <summary>Each cue has a file of its own.</summary>
        EachByItself,
    }
}
