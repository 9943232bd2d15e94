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
    /// <returns>What the job says of every entry, when a diagnostic keeps the cues from being known.</returns>
    public MadeEntries Expand(SegmentsTemplate template, SoundTemplate defaults, RowContext row)
    {
        var faces = new CueFaces(entries, template, row);
        var way = Way(template.Entry, row);
        var read = values.Text(template.File, row.Scope, "segments_from") is { } written ? subtitles.Read(written, template.File) : null;
        if (read is not var (file, source) || way is null || !faces.AreRight || !row.Video.FacesAreKnown)
        {
            return new MadeEntries([Uncued(template, defaults, row)], null, IsWhole: false);
        }

        var problems = new DiagnosticBag();
        var segments = Segments(file, faces, way.Value, row, template.Place.Path, problems);
        var made = segments is null ? [Uncued(template, defaults, row)] : Entries(segments, file, faces, template, defaults, row, problems);
        if (segments is not null && made.Count == 0 && !problems.HasErrors)
        {
            problems.Add(SubtitleDiagnostics.NothingToSay(template.File.Place, source.Shown));
        }

        values.Diagnostics.AddRange(Related(SubtitleReader.Told(problems, file.File, template.Place.Path), template.File.Place));
        return new MadeEntries(made, source, segments is not null && !problems.HasErrors && made.TrueForAll(EntryParts.AreWhole));
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

    private List<FaceEntry> Entries(IReadOnlyList<CueSegment> segments, SubtitleFile file, CueFaces faces, SegmentsTemplate template, SoundTemplate defaults, RowContext row, DiagnosticBag problems) =>
        [.. segments.Select(segment => Entry(segment, file, faces, template, defaults, row, problems))];

    /// <summary>What the job says of every entry, without its cue.</summary>
    private FaceEntry Uncued(SegmentsTemplate template, SoundTemplate defaults, RowContext row)
    {
        var (entry, place) = (template.Entry, template.Place);
        var parts = entries.Parts(entry, SoundOf(entry, defaults), row, scopes.OfCue(row.Matrix, row.JobValue, row.Video, cue: null), Scopes.Lost);
        var lost = new Setting<TimeSpan>.Lost(place);
        return new FaceEntry(EntryExpander.LostFace(entry), parts.Sound, parts.Start ?? lost, parts.End ?? lost, parts.Insert ?? lost, parts.Volume, parts.OriginalVolume, null, place);
    }

    // Of the flow's defaults only the volumes are meant: a cue has its own times.
    private static SoundTemplate SoundOf(EntryTemplate entry, SoundTemplate defaults) =>
        entry.Sound with { Volume = entry.Sound.Volume ?? defaults.Volume, OriginalVolume = entry.Sound.OriginalVolume ?? defaults.OriginalVolume };

    private FaceEntry Entry(CueSegment segment, SubtitleFile file, CueFaces faces, SegmentsTemplate template, SoundTemplate defaults, RowContext row, DiagnosticBag problems)
    {
        var (entry, path, face) = (template.Entry, template.Place.Path, faces.Of(segment.Speaker));
        var cue = CueValue(segment, face);
        var parts = entries.Parts(entry, SoundOf(entry, defaults), row, scopes.OfCue(row.Matrix, row.JobValue, row.Video, cue), cue);
        var (start, end) = (parts.Start, parts.End);
        var cueStart = new Setting<TimeSpan>.Known(segment.Times.Start, new Place(segment.Cues[0].StartSpan, path));
        if (end is null && start is null)
        {
            end = new Setting<TimeSpan>.Known(segment.Times.End, new Place(segment.Last.EndSpan, path));
            if ((parts.Sound.Value as Sound.Track)?.Audio is { Duration: { } duration } track && segment.Times.End > duration)
            {
                problems.Add(CueAfterAudio(segment, track, duration, file.IsWebVtt, path));
                end = new Setting<TimeSpan>.Lost(end.Place);
            }
        }

        var place = new Place(segment.Cues[0].Span, path);
        return new FaceEntry(face, parts.Sound, start ?? cueStart, end, parts.Insert ?? cueStart, parts.Volume, parts.OriginalVolume, null, place) { Cues = [.. segment.Cues.Select(c => c.Index)] };
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
        Scopes.Member("index", new TemplateValue.Integer(segment.Cues[0].Index)),
        Scopes.Member("id", Scopes.Text(segment.Cues[0].Id)),
        Scopes.Member("start_time", ValueReader.Milliseconds(segment.Times.Start)),
        Scopes.Member("end_time", ValueReader.Milliseconds(segment.Times.End)),
        Scopes.Member("speaker", Scopes.Text(segment.Speaker ?? face.Name)),
        Scopes.Member("face", Scopes.Text(face.Name)),
        Scopes.Member("text", Scopes.Text(string.Join(' ', segment.Cues.Select(c => c.Text)))));

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
