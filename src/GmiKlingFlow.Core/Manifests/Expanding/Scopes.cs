using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Templating;

namespace GmiKlingFlow.Core.Manifests.Expanding;

/// <summary>
/// Which names a template may read where: <c>vars</c>, <c>env</c>, <c>flow</c> and <c>run</c> everywhere; <c>matrix</c> and
/// <c>job</c> in jobs; <c>video</c> once it is chosen; <c>cue</c> in the
/// audio of entries made from subtitles; it, <c>audio</c> and <c>face</c> in an entry's times and volumes.
/// </summary>
internal sealed class Scopes
{
    /// <summary>Stands for a value that a diagnostic keeps from being known: what reads it stays open and is no second mistake.</summary>
    public static readonly TemplateValue.Map Lost = new([]);

    private static readonly IReadOnlySet<string> Nothing = new HashSet<string>(StringComparer.Ordinal);
    private static readonly IReadOnlySet<string> FaceLater = new HashSet<string>(StringComparer.Ordinal) { "face" };

    private static readonly (string Name, string Reason)[] Reasons =
    [
        ("matrix", "only a job with a matrix has it"),
        ("job", "only a job's values behind its id can read it"),
        ("video", "only a job's faces and output can read it"),
        ("audio", "only the times and volumes of a face entry can read it"),
        ("face", "only the times and volumes of a face entry can read it, because it is known only after identify"),
        ("cue", "only the audio, times and volumes of a job with segments_from can read it"),
    ];

    private static readonly IReadOnlyDictionary<string, string>?[] ElsewhereBySet = new IReadOnlyDictionary<string, string>?[1 << Reasons.Length];

    private static readonly IReadOnlySet<string> CueLater = new HashSet<string>(StringComparer.Ordinal) { "cue" };
    private static readonly Dictionary<string, IReadOnlyList<string>> Members = new()
    {
        ["face"] = ["id", "start_time", "end_time"],
        ["cue"] = ["index", "id", "start_time", "end_time", "speaker", "face", "text"],
        ["video"] = ["name", "duration_ms", "width", "height"],
        ["audio"] = ["name", "duration_ms"],
        ["job"] = ["id", "index", "labels"],
    };

    private readonly Dictionary<string, TemplateValue> always;
    private readonly List<string> lostAlways;
    private readonly Dictionary<Video, TemplateValue> videos = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<AudioTrack, TemplateValue> tracks = new(ReferenceEqualityComparer.Instance);

    /// <param name="vars"><see cref="Lost"/> where not all of them could be read.</param>
    /// <param name="env">The same.</param>
    public Scopes(TemplateValue.Map vars, TemplateValue.Map env, string? flowName, string file, RunSettings run)
    {
        always = new(StringComparer.Ordinal)
        {
            ["vars"] = vars,
            ["env"] = env,
            ["flow"] = Map(Member("name", Text(flowName ?? "")), Member("file", Text(Path.GetFileName(file)))),
            ["run"] = Map(
                Member("concurrency", new TemplateValue.Integer(run.Concurrency)),
                Member("deadline_ms", ValueReader.Milliseconds(run.Deadline)),
                Member("budget_usd", run.BudgetUsd is { } budget ? new TemplateValue.Float((double)budget) : TemplateValue.Null.Instance),
                Member("multi_face", Text(run.MultiFace == MultiFace.Chain ? "chain" : "together"))),
        };
        lostAlways = [.. always.Keys.Where(name => ReferenceEquals(always[name], Lost))];
        lostAlways.ForEach(name => always.Remove(name));
        OfFlow = Make(Nothing);
    }

    public TemplateScope OfFlow { get; }

    public TemplateScope OfRow(TemplateValue? matrix) => matrix is null ? OfFlow : Make(Nothing, matrix);

    public TemplateScope OfJob(TemplateValue? matrix, TemplateValue job, Video? video = null) =>
        Make(Nothing, matrix, job, video is null ? null : ValueOf(video));

    /// <param name="cue">For an entry that is made from subtitles.</param>
    public TemplateScope OfEntry(TemplateValue? matrix, TemplateValue job, Video video, AudioTrack? audio, TemplateValue? cue = null) =>
        Make(FaceLater, matrix, job, ValueOf(video), audio is null ? null : ValueOf(audio), cue);

    /// <param name="cue">Null: it stays open, so that what reads it is seen.</param>
    public TemplateScope OfCue(TemplateValue? matrix, TemplateValue job, Video video, TemplateValue? cue) =>
        Make(cue is null ? CueLater : Nothing, matrix, job, ValueOf(video), cue: cue);

    // Pairs and not tuples, here and below: lists of tuples are compiled anew at every start.
    public static TemplateValue.Map Map(params KeyValuePair<string, TemplateValue>[] members) => new(members);

    public static KeyValuePair<string, TemplateValue> Member(string name, TemplateValue value) => KeyValuePair.Create(name, value);

    public static TemplateValue Text(string text) => new TemplateValue.Text(text);

    private TemplateScope Make(
        IReadOnlySet<string> deferred,
        TemplateValue? matrix = null,
        TemplateValue? job = null,
        TemplateValue? video = null,
        TemplateValue? audio = null,
        TemplateValue? cue = null)
    {
        var open = lostAlways.Count == 0 ? deferred : deferred.Concat(lostAlways).ToHashSet(StringComparer.Ordinal);
        var values = new ScopeValues(always, Known("matrix", matrix), Known("job", job), Known("video", video), Known("audio", audio), Known("cue", cue));
        var missing = 0;
        for (var i = 0; i < Reasons.Length; i++)
        {
            missing |= values.ContainsKey(Reasons[i].Name) || open.Contains(Reasons[i].Name) ? 0 : 1 << i;
        }

        return new TemplateScope(values, open, ElsewhereBySet[missing] ??= ElsewhereOf(missing)) { DeferredMembers = Members };

        TemplateValue? Known(string name, TemplateValue? value)
        {
            if (!ReferenceEquals(value, Lost))
            {
                return value;
            }

            open = new HashSet<string>(open, StringComparer.Ordinal) { name };
            return null;
        }
    }

    private TemplateValue ValueOf(Video video)
    {
        if (!videos.TryGetValue(video, out var value))
        {
            var picture = video.Source.Media?.Video;
            value = video.Source.IsUnreadable ? Lost : Map(
                Member("name", Text(video.Name)),
                Member("duration_ms", ValueReader.Milliseconds(video.Duration)),
                Member("width", picture is null ? TemplateValue.Null.Instance : new TemplateValue.Integer(picture.Width)),
                Member("height", picture is null ? TemplateValue.Null.Instance : new TemplateValue.Integer(picture.Height)));
            videos.Add(video, value);
        }

        return value;
    }

    private TemplateValue ValueOf(AudioTrack audio)
    {
        if (!tracks.TryGetValue(audio, out var value))
        {
            value = audio is { Source.IsUnreadable: true, Duration: null } ? Lost : Map(Member("name", Text(audio.Name)), Member("duration_ms", ValueReader.Milliseconds(audio.Duration)));
            tracks.Add(audio, value);
        }

        return value;
    }

    private static Dictionary<string, string> ElsewhereOf(int missing)
    {
        var elsewhere = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < Reasons.Length; i++)
        {
            if ((missing & (1 << i)) != 0)
            {
                elsewhere.Add(Reasons[i].Name, Reasons[i].Reason);
            }
        }

        return elsewhere;
    }
}
