namespace GmiKlingFlow.Core.Manifests;

/// <summary>The known keys of every map in a flow, in the order they are best written. The binder refuses all others.</summary>
public static class FlowShape
{
    /// <summary>Object name to its keys. Top-level keys that start with <c>x-</c> are allowed besides, in flows and in included files.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Objects = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
    {
        [Flow] = ["apiVersion", "kind", "name", "include", "vars", "env", "defaults", "videos", "audio", "jobs", "run"],
        [Include] = ["apiVersion", "kind", "name", "include", "vars", "defaults", "videos", "audio"],
        [Video] = ["source", "duration", "faces"],
        [Audio] = ["source", "duration"],
        [Selector] = ["id", "only", "at", "longest", "index", "overlaps"],
        [Defaults] = SoundKeys,
        [Entry] = ["face", "face_id", "audio", "sound_file", .. SoundKeys],
        [Job] = ["id", "matrix", "when", "labels", "video", "faces", "face_choose", "segments_from", "speakers", "face", "face_id", "audio", "sound_file", .. SoundKeys, "output"],
        [Run] = ["concurrency", "deadline", "budget_usd", "multi_face", "poll", "settle_after"],
        [Poll] = ["min", "max"],
        [Verbatim] = ["face_id", "sound_file", "audio_id", .. SoundKeys],
    };

    internal const string Flow = "flow";
    internal const string Include = "included file";
    internal const string Video = "video";
    internal const string Audio = "audio";
    internal const string Selector = "face selector";
    internal const string Defaults = "defaults";
    internal const string Entry = "face entry";
    internal const string Job = "job";
    internal const string Run = "run";
    internal const string Poll = "poll";
    internal const string Verbatim = "face_choose entry";

    private static IReadOnlyList<string> SoundKeys =>
        ["sound_start_time", "sound_end_time", "sound_insert_time", "sound_volume", "original_audio_volume"];
}
