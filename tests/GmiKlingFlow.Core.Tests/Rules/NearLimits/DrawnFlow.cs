using System.Globalization;
using System.Text;

namespace GmiKlingFlow.Core.Tests.Rules.NearLimits;

/// <summary>A source as plain numbers. Times in milliseconds.</summary>
/// <param name="Whole">Of the file; null for a URL whose duration is not declared.</param>
/// <param name="Track">Of the picture, or of the sound.</param>
internal sealed record DrawnSource(string Key, bool IsUrl, string Format, long Bytes, decimal? Whole, decimal? Track, int Width = 0, int Height = 0)
{
    /// <summary>False for a file without picture, or without sound.</summary>
    public bool HasTrack { get; init; } = true;

    public string Written => IsUrl ? $"https://media.example.com/{Key}.{Format}" : $"{Key}.{(Format == "m4a" && Key.StartsWith('v') ? "mp4" : Format)}";
}

/// <param name="End">Null: left out.</param>
/// <param name="InsertAfterFace">True: <paramref name="Insert"/> counts from the face's start, which is known only after identify.</param>
internal sealed record DrawnEntry(string FaceId, int Audio, decimal Start, decimal? End, decimal Insert, bool InsertAfterFace, decimal? Volume, decimal? Original);

/// <summary>One flow near the limits, drawn at random, with one job.</summary>
internal sealed record DrawnFlow(DrawnSource Video, IReadOnlyList<DrawnSource> Audio, IReadOnlyList<DrawnEntry> Entries, bool IsVerbatim, IReadOnlyList<(string Id, decimal Start, decimal End)> Faces)
{
    public string Yaml()
    {
        var yaml = new StringBuilder("apiVersion: gmiklingflow/v1\nkind: Flow\nname: drawn\nvideos:\n");
        yaml.Append(Source("v", Video)).Append("audio:\n");
        foreach (var track in Audio)
        {
            yaml.Append(Source(track.Key, track));
        }

        yaml.Append(CultureInfo.InvariantCulture, $"jobs:\n  - id: one\n    video: v\n    {(IsVerbatim ? "face_choose" : "faces")}:\n");
        foreach (var entry in Entries)
        {
            yaml.Append(IsVerbatim ? Verbatim(entry) : Entry(entry));
        }

        return yaml.ToString();
    }

    private static string Source(string name, DrawnSource source) =>
        $"  {name}: {{ source: \"{source.Written}\"{(source is { IsUrl: true, Whole: { } declared } ? $", duration: {Duration(declared)}" : "")} }}\n";

    private static string Entry(DrawnEntry entry) =>
        $"      - face_id: \"{entry.FaceId}\"\n        audio: a{entry.Audio}\n        sound_start_time: {Duration(entry.Start)}\n"
        + (entry.End is { } end ? $"        sound_end_time: {Duration(end)}\n" : "")
        + $"        sound_insert_time: {(entry.InsertAfterFace ? $"\"{{{{ face.start_time + ({Number(entry.Insert)}) }}}}\"" : Duration(entry.Insert))}\n"
        + Volumes(entry);

    private string Verbatim(DrawnEntry entry) =>
        $"      - face_id: \"{entry.FaceId}\"\n        sound_file: {Audio[entry.Audio].Written}\n        sound_start_time: {Number(entry.Start)}\n"
        + $"        sound_end_time: {Number(entry.End ?? 0)}\n        sound_insert_time: {Number(entry.Insert)}\n"
        + Volumes(entry);

    private static string Volumes(DrawnEntry entry) =>
        (entry.Volume is { } volume ? $"        sound_volume: {Number(volume)}\n" : "") + (entry.Original is { } original ? $"        original_audio_volume: {Number(original)}\n" : "");

    // Whole numbers are milliseconds as the API's are; others need a unit, which nothing below 0 can have.
    private static string Duration(decimal milliseconds) =>
        milliseconds < 0 || milliseconds == decimal.Truncate(milliseconds) ? Number(decimal.Floor(milliseconds)) : $"{Number(milliseconds)}ms";

    private static string Number(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture);
}
