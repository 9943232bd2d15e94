using System.Collections.Concurrent;
using System.Globalization;

namespace GmiKlingFlow.Core.Planning.Keys;

/// <summary>The names of a key's parts for one entry; made once per index, not once per job.</summary>
internal sealed class EntryPartNames
{
    private static readonly ConcurrentDictionary<int, EntryPartNames> Made = new();

    private EntryPartNames(int index)
    {
        var prefix = Prefix(index);
        (Face, Audio, Start, End) = (prefix + "face", prefix + "audio", prefix + "sound_start_time", prefix + "sound_end_time");
        (Insert, Volume, Original) = (prefix + "sound_insert_time", prefix + "sound_volume", prefix + "original_audio_volume");
    }

    public string Face { get; }

    public string Audio { get; }

    public string Start { get; }

    public string End { get; }

    public string Insert { get; }

    public string Volume { get; }

    public string Original { get; }

    public static EntryPartNames At(int index) => Made.GetOrAdd(index, static i => new(i));

    public static string Prefix(int index) => string.Create(CultureInfo.InvariantCulture, $"faces[{index}].");
}
