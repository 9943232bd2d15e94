using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Choosing;
using GmiKlingFlow.Core.Planning.Fitting;
using GmiKlingFlow.Core.Rules;

namespace GmiKlingFlow.Core.Planning.Checking;

/// <summary>What checking a job before identify gave.</summary>
/// <param name="Values">One per entry.</param>
/// <param name="Problems">Of the job, its video and its audio; warnings too.</param>
internal sealed record CheckedJob(IReadOnlyList<EntryValues> Values, IReadOnlyList<Diagnostic> Problems);

/// <summary>Checks one flow; a source that many jobs share is checked once.</summary>
/// <param name="inlineAudio">True where local audio goes inside the requests whatever it is.</param>
internal sealed class FlowChecker(KlingLimits limits, RunSettings run, bool inlineAudio = false)
{
    private static readonly string[] Required = ["face_id", "sound_start_time", "sound_end_time", "sound_insert_time"];

    private readonly Dictionary<Video, CheckedVideo> videos = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<AudioTrack, CheckedTrack> tracks = new(ReferenceEqualityComparer.Instance);

    public IReadOnlyList<Diagnostic> OfVideo(Video video) => Checked(video).Problems;

    public IReadOnlyList<Diagnostic> OfTrack(AudioTrack track) => Checked(track).Problems;

    /// <summary>What is left of jobs that can't be built: their other problems belong to the same round.</summary>
    public IEnumerable<Diagnostic> OfUnbuilt(Flow flow) => flow.Unbuilt
        .Select(static unbuilt => unbuilt.Rest)
        .OfType<Job>()
        .SelectMany(rest => rest.Entries.Count == 0 ? OfVideo(rest.Video) : OfJob(rest).Problems);

    public CheckedJob OfJob(Job job)
    {
        var values = new EntryValues[job.Entries.Count];
        var subjects = new EntrySubject[job.Entries.Count];
        List<Diagnostic>? problems = null;
        Add(ref problems, OfVideo(job.Video));
        for (var i = 0; i < values.Length; i++)
        {
            var entry = job.Entries[i];
            values[i] = EntryValues.KnownNow(entry, limits);
            subjects[i] = RuleSubjects.Of(entry, values[i], Audio(entry.Sound, ref problems), HasNoFace(entry) ? null : OnlyId(entry.Face));
            if (values[i].EndIsChosenByTool && HasNoClips(entry.Sound))
            {
                subjects[i] = subjects[i] with { SoundEnd = null };
            }

            Add(ref problems, CuePlaces.Related(job, OfEntry(entry, values[i])));
            if (!(job.Video.Faces.TryGetValue(entry.Face.Name, out var named) && named == entry.Face))
            {
                Add(ref problems, SelectorsPastEnd.Of(entry.Face, job.Video));
            }
        }

        if (run.MultiFace == MultiFace.Chain && values.Length > 1 && job.Entries.All(static entry => entry.Face.Selectors.Count > 0))
        {
            Add(ref problems, JobPasses.LostVolumes(job));
        }

        var sync = new SyncSubject(ForClips(job.Video), Faces: null, subjects) { SeveralPeopleAreMeant = run.MultiFace == MultiFace.Chain || run.IsMultiFaceSaid };
        Add(ref problems, CuePlaces.Related(job, new FitReport(job, sync.Video, faces: null, limits).Told(ApiRules.Check(sync, limits), subjects)));
        return new(values, (IReadOnlyList<Diagnostic>?)problems ?? []);
    }

    // No clip fits into a video that is too short or is none, and none can be cut from such audio: one cause, one diagnostic.
    private VideoSubject ForClips(Video video)
    {
        var subject = Checked(video).Subject;
        var isNone = subject.Facts is { Container: not (MediaContainer.Mp4 or MediaContainer.Mov) } or { Video: null };
        return isNone || subject.PictureLength < limits.VideoShortest ? subject with { Facts = null, Duration = null } : subject;
    }

    private bool HasNoClips(Located<Sound> sound) =>
        sound.Value is Sound.Track track && Checked(track.Audio).Subject is var audio
        && (audio.Facts is { Container: MediaContainer.Mp4 or MediaContainer.Mov } or { Audio: null } || audio.SoundLength < limits.AudioShortest);

    // Told by itself.
    private static bool HasNoFace(FaceEntry entry) => entry.Verbatim is { } verbatim && !verbatim.Members.Any(static member => member.Key == "face_id");

    /// <returns>The id that a face entry names outright; null where identify has to be asked.</returns>
    public static string? OnlyId(FaceName face) => face.Selectors is [FaceSelector.ById byId] ? byId.Id : null;

    private static IEnumerable<Diagnostic> OfEntry(FaceEntry entry, EntryValues values)
    {
        // What can't be read has its own diagnostic: one cause, one message.
        if (values is { EndIsChosenByTool: true, End: null } && entry.Sound.Value is not Sound.Track { Audio.Source.IsUnreadable: true })
        {
            yield return EndOfAudioUnknown(entry);
        }

        if (entry.Face.Selectors.Count > 1 && (entry.SoundStart is Setting<TimeSpan>.Deferred || entry.SoundEnd is Setting<TimeSpan>.Deferred || entry.SoundInsert is Setting<TimeSpan>.Deferred))
        {
            yield return PlanDiagnostics.SeveralSelectorsWithoutClip(entry.Face.Place, entry.Face.Name);
        }

        if (entry.Verbatim is { } verbatim)
        {
            foreach (var member in Required.Where(member => !verbatim.Members.Any(pair => pair.Key == member)))
            {
                yield return PlanDiagnostics.VerbatimMemberMissing(entry.Place, member);
            }
        }
    }

    public static Diagnostic EndOfAudioUnknown(FaceEntry entry) => PlanDiagnostics.EndOfAudioUnknown(
        entry.Place,
        entry.Sound.Value is Sound.Track track ? RuleSubjects.Shown(track.Audio) : "sound_file");

    private AudioSubject Audio(Located<Sound> sound, ref List<Diagnostic>? problems)
    {
        if (sound.Value is Sound.Track track)
        {
            var known = Checked(track.Audio);
            Add(ref problems, known.Problems);
            return known.Subject;
        }

        var subject = RuleSubjects.Of(sound, inlineAudio);
        Add(ref problems, ApiRules.Check(subject, limits));
        return subject;
    }

    private IEnumerable<Diagnostic> OfUrl(UrlSubject? url) => url is null ? [] : ApiRules.Check(url, limits);

    private CheckedVideo Checked(Video video)
    {
        if (!videos.TryGetValue(video, out var known))
        {
            var subject = RuleSubjects.Of(video);
            List<Diagnostic> problems = [.. ApiRules.Check(subject, limits), .. OfUrl(RuleSubjects.UrlOf(video, now: null))];
            if (video.Source is MediaSource.LocalFile { Media.Container: MediaContainer.Mov } file)
            {
                problems.Add(PlanDiagnostics.MovNeedsUrl(video.SourcePlace, file.Shown));
            }

            problems.AddRange(video.Faces.Values.SelectMany(face => SelectorsPastEnd.Of(face, video)));
            videos.Add(video, known = new(subject, problems));
        }

        return known;
    }

    private CheckedTrack Checked(AudioTrack track)
    {
        if (!tracks.TryGetValue(track, out var known))
        {
            var subject = RuleSubjects.Of(track, inlineAudio);
            tracks.Add(track, known = new(subject, [.. ApiRules.Check(subject, limits), .. OfUrl(RuleSubjects.UrlOf(track, now: null))]));
        }

        return known;
    }

    private static void Add(ref List<Diagnostic>? problems, IEnumerable<Diagnostic> more)
    {
        foreach (var problem in more)
        {
            (problems ??= []).Add(problem);
        }
    }

    private sealed record CheckedVideo(VideoSubject Subject, IReadOnlyList<Diagnostic> Problems);

    private sealed record CheckedTrack(AudioSubject Subject, IReadOnlyList<Diagnostic> Problems);
}
