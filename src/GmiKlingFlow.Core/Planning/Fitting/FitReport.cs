using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Choosing;
using GmiKlingFlow.Core.Rules;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Core.Planning.Fitting;

/// <summary>
/// What to do about clips that do not fit their video or their face: where they would, how short they would have to be, and whom they would fit. Every
/// choice has been tried on the rules before it is told.
/// </summary>
/// <param name="faces">Null before identify.</param>
internal sealed class FitReport(Job job, VideoSubject video, IReadOnlyList<Face>? faces, KlingLimits limits)
{
    /// <summary>Nobody sees a tenth of a second, and intervals are no more exact (api-contract 4.2).</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(100);

    private const int MostOtherFaces = 3;

    private static readonly HashSet<string> Misfits = new(StringComparer.Ordinal) { "GKF4128", "GKF4130" };
    private static readonly HashSet<string> Shown = new(Misfits, StringComparer.Ordinal) { "GKF6007" };
    private static readonly HashSet<string> AllFit = new(StringComparer.Ordinal) { "GKF4126", "GKF4128", "GKF4129", "GKF4130", "GKF4131" };

    // Made when something does not fit: looked up once for each such clip.
    private ILookup<Place?, EntrySubject>? byPlace;

    /// <summary>The rules' findings, with the choices as the hint of each misfit, and a warning for every clip that outlasts its face.</summary>
    public IEnumerable<Diagnostic> Told(IEnumerable<Diagnostic> found, IReadOnlyList<EntrySubject> entries)
    {
        var isWrong = false;
        var told = new HashSet<Place>();
        foreach (var problem in found)
        {
            isWrong |= problem.Severity == Severity.Error;
            if (problem is { Code: "GKF4131", Place: { } place })
            {
                told.Add(place);
            }

            yield return Misfits.Contains(problem.Code) && EntryOf(problem, entries) is { } entry ? problem with { Hint = Hint(entry) ?? problem.Hint } : problem;
        }

        foreach (var entry in isWrong ? [] : entries)
        {
            if (FaceOf(entry) is { } face && Clip(entry) is { } clip && Unseen(clip, face) is var unseen && unseen > Tolerance
                && !(entry.SoundInsert is { Place: var at } && told.Contains(at)))
            {
                yield return FitDiagnostics.ClipOutlastsFace(entry.SoundInsert?.Place, clip, face, unseen, Hint(entry));
            }
        }
    }

    /// <returns>Empty where nothing of what stands against the job is about times.</returns>
    public static IReadOnlyList<EntryTiming> Timings(Job job, IReadOnlyList<Diagnostic> problems, IReadOnlyList<Face>? faces, KlingLimits limits) =>
        problems.Any(problem => Shown.Contains(problem.Code))
            ? [.. job.Entries.Select(entry => Timing(entry, EntryValues.KnownNow(entry, limits), faces))]
            : [];

    private static EntryTiming Timing(FaceEntry entry, EntryValues values, IReadOnlyList<Face>? faces)
    {
        var face = faces is null ? null : (FaceChooser.Choose(entry.Face, faces, values.ClipOnVideo) as FaceChoice.Chosen)?.Face;
        var clip = (face is null ? values : values.With(entry, face, new DiagnosticBag())).ClipOnVideo;
        return new(entry, clip is { Length.Ticks: > 0, Start.Ticks: >= 0 } range && range.End < Longest ? range : null, face);
    }

    /// <summary>Whole fits; where there are none, those that the service would take at least.</summary>
    public IReadOnlyList<FitChoice> Choices(EntrySubject entry)
    {
        var candidates = Candidates(entry).ToList();
        var whole = candidates.FindAll(choice => Fits(entry, choice, wholly: true));
        var chosen = whole.Count > 0 || Fits(entry, new(null, null, null, null, null), wholly: false)
            ? whole
            : candidates.FindAll(choice => Fits(entry, choice, wholly: false));

        // The best of each kind comes first.
        return [.. chosen.DistinctBy(choice => (choice.InsertFrom is null, choice.SoundEnd is null, choice.Face?.Id))];
    }

    private string? Hint(EntrySubject entry)
    {
        var choices = Choices(entry);
        return entry.SoundStart is not { } start ? null
            : choices.Count == 0 ? "No other time and no other face would do for this clip. Take a shorter one, or another video."
            : $"It would fit with one of:\n{string.Join('\n', choices.Select(choice => $"  {choice.Text(start.Value)}"))}";
    }

    private IEnumerable<FitChoice> Candidates(EntrySubject entry)
    {
        if (Clip(entry) is not { } clip || entry.SoundStart is not { } start)
        {
            yield break;
        }

        var face = FaceOf(entry);
        var room = Room(face);
        foreach (var window in new[] { Window(room, clip.Length), face is null ? null : Overlapping(face, clip.Length) })
        {
            if (window is { } times)
            {
                yield return new(times.Start, times.End, null, null, null);
            }
        }

        foreach (var end in new[] { room.End, Room(null).End }.Where(end => end < clip.End).Distinct())
        {
            yield return new(null, null, start.Value + (end - clip.Start), null, null);
        }

        if (room.Length < clip.Length && room.Start != clip.Start)
        {
            yield return new(room.Start, room.Start, start.Value + room.Length, null, null);
        }

        foreach (var other in OtherFaces(face, clip))
        {
            yield return other;
        }
    }

    private IEnumerable<FitChoice> OtherFaces(Face? face, TimeRange clip)
    {
        if (face is null || faces is null)
        {
            yield break;
        }

        var others = FaceChooser.InOrder(faces).Where(other => other.Id != face.Id).ToList();
        var asItIs = others.Where(other => Unseen(clip, other) <= Tolerance).Select(other => new FitChoice(null, null, null, other, NameOf(other, clip)));
        var moved = others.Select(other => (Face: other, Window: Window(Room(other), clip.Length))).Where(o => o.Window is not null)
            .Select(o => new FitChoice(o.Window?.Start, o.Window?.End, null, o.Face, NameOf(o.Face, null)));
        foreach (var choice in asItIs.Concat(moved).DistinctBy(choice => choice.Face?.Id).Take(MostOtherFaces))
        {
            yield return choice;
        }
    }

    private bool Fits(EntrySubject entry, FitChoice choice, bool wholly) =>
        Fits(choice.Applied(entry, latest: false), wholly) && Fits(choice.Applied(entry, latest: true), wholly);

    private bool Fits(EntrySubject entry, bool wholly) =>
        !(wholly && FaceOf(entry) is { } face && Clip(entry) is { } clip && Unseen(clip, face) > Tolerance)
        && !ApiRules.Check(new SyncSubject(video, faces, [entry]) { SeveralPeopleAreMeant = true }, limits).Any(problem => AllFit.Contains(problem.Code));

    /// <summary>Where a clip may lie: in the video and, once it is known, where the face is seen; in whole milliseconds, less the margins.</summary>
    private TimeRange Room(Face? face)
    {
        var end = Duration - limits.EndMargin;
        return face is null
            ? new(TimeSpan.Zero, Milliseconds.Floor(end))
            : new(Ceiling(Max(face.Visible.Start, TimeSpan.Zero)), Milliseconds.Floor(Min(face.Visible.End - limits.EndMargin, end)));
    }

    private static TimeRange? Window(TimeRange room, TimeSpan length) =>
        Milliseconds.Floor(room.End - length) is var latest && latest >= room.Start ? new(room.Start, latest) : null;

    private TimeRange? Overlapping(Face face, TimeSpan length)
    {
        var seen = Room(face);
        var earliest = Ceiling(Max(TimeSpan.Zero, seen.Start + limits.OverlapShortest - length));
        var latest = Milliseconds.Floor(Min(seen.End - limits.OverlapShortest, Duration - limits.EndMargin - length));
        return latest >= earliest ? new(earliest, latest) : null;
    }

    private TimeSpan Duration => video.Facts?.Video?.Duration ?? video.Facts?.Duration ?? video.Duration ?? limits.VideoLongest;

    private EntrySubject? EntryOf(Diagnostic problem, IReadOnlyList<EntrySubject> entries)
    {
        byPlace ??= entries.ToLookup(static entry => entry.SoundInsert?.Place);
        var there = byPlace[problem.Place].ToList();
        return there.Count < 2
            ? there.FirstOrDefault()
            : there.Find(entry => ApiRules.Check(new SyncSubject(video, faces, [entry]), limits).Any(own => own.Code == problem.Code && own.Message == problem.Message));
    }

    private Face? FaceOf(EntrySubject entry) => faces?.FirstOrDefault(face => face.Id == entry.FaceId?.Value);

    private string? NameOf(Face face, TimeRange? clip) => faces is null ? null : job.Video.Faces.Values
        .FirstOrDefault(name => FaceChooser.Choose(name, faces, clip) is FaceChoice.Chosen chosen && chosen.Face.Id == face.Id)?.Name;

    private static TimeRange? Clip(EntrySubject entry) => entry is { SoundStart: { } start, SoundEnd: { } end, SoundInsert: { } insert }
        && start.Value >= TimeSpan.Zero && end.Value > start.Value && insert.Value >= TimeSpan.Zero && end.Value < Longest && insert.Value < Longest
        ? new TimeRange(insert.Value, insert.Value + (end.Value - start.Value))
        : null;

    // Beyond any video: what is longer is another mistake, and must not overflow here.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private static TimeSpan Unseen(TimeRange clip, Face face) => clip.Length - clip.Overlap(face.Visible);

    private static TimeSpan Ceiling(TimeSpan time) => -Milliseconds.Floor(-time);

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
