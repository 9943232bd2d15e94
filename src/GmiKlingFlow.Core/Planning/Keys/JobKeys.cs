using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Choosing;
using GmiKlingFlow.Core.Planning.Fitting;
using GmiKlingFlow.Core.Planning.Payloads;
using GmiKlingFlow.Core.Rules;

namespace GmiKlingFlow.Core.Planning.Keys;

/// <summary>Makes job keys: exactly what changes the result, and nothing that people change for people (ids, labels, names, output, order of keys).</summary>
internal static class JobKeys
{
    /// <summary>The value of a part that is not known: a job with such a key is blocked.</summary>
    public const string NotKnown = "?";

    /// <summary>Only chained jobs have it: those of before stay what they were.</summary>
    public const string MultiFacePart = "multi_face";

    // Changed only together with a migration of the state: every key of every job would change, and all would be paid for again.
    private const string Scheme = "gkflow-job-1";

    private static readonly HashSet<string> Standard = new(StringComparer.Ordinal)
    {
        "face_id", "sound_file", "audio_id", "sound_start_time", "sound_end_time", "sound_insert_time", "sound_volume", "original_audio_volume",
    };

    /// <param name="isChained">One pass for each face gives another result than all faces in one request.</param>
    public static JobKey Of(Job job, string videoKey, IReadOnlyList<EntryValues> values, Func<Sound, string> audioKey, bool isChained = false)
    {
        var parts = new List<KeyValuePair<string, string>>(2 + (7 * job.Entries.Count))
        {
            new("models", $"{ModelNames.IdentifyFace} {ModelNames.LipSync}"),
            new("video", videoKey),
        };
        if (isChained)
        {
            parts.Add(new(MultiFacePart, "chain"));
        }

        for (var i = 0; i < job.Entries.Count; i++)
        {
            AddEntry(parts, i, job.Entries[i], values[i], audioKey);
        }

        return new(Hash(Scheme, parts), parts);
    }

    /// <summary>The content key of a request: lower-case hex SHA-256 of what makes two requests the same one.</summary>
    public static string Request(string model, string content) => Hash("gkflow-request-1", [new(model, content)]);

    private static void AddEntry(List<KeyValuePair<string, string>> parts, int index, FaceEntry entry, EntryValues values, Func<Sound, string> audioKey)
    {
        var names = EntryPartNames.At(index);
        parts.Add(new(names.Face, SelectorText.Of(entry.Face)));
        parts.Add(new(names.Audio, audioKey(entry.Sound.Value)));
        parts.Add(new(names.Start, Time(values.Start, entry.SoundStart)));
        parts.Add(new(names.End, Time(values.End, entry.SoundEnd)));
        parts.Add(new(names.Insert, Time(values.Insert, entry.SoundInsert)));

        // Left out, the API takes 1 (api-contract 4.3): the same result as a written 1.
        parts.Add(new(names.Volume, entry.SoundVolume is null ? "1" : Number(entry.SoundVolume)));
        parts.Add(new(names.Original, entry.OriginalAudioVolume is null ? "1" : Number(entry.OriginalAudioVolume)));
        if (entry.Verbatim is { } verbatim)
        {
            AddExtras(parts, index, verbatim);
        }
    }

    private static void AddExtras(List<KeyValuePair<string, string>> parts, int index, PayloadValue.Object verbatim)
    {
        foreach (var (name, value) in verbatim.Members.Where(member => !Standard.Contains(member.Key)).OrderBy(member => member.Key, StringComparer.Ordinal))
        {
            parts.Add(new(string.Create(CultureInfo.InvariantCulture, $"faces[{index}].{name}"), CanonicalText.Of(value)));
        }
    }

    private static string Time(Located<TimeSpan>? known, Setting<TimeSpan>? setting) => (known, setting) switch
    {
        ({ } value, _) => SmallNumbers.Text(Milliseconds.Of(value.Value)),
        (null, Setting<TimeSpan>.Deferred deferred) => $"{{{{ {deferred.Residual.Print()} }}}}",
        _ => NotKnown,
    };

    private static string Number(Setting<double> setting) => setting switch
    {
        Setting<double>.Known known => known.Value.ToString("R", CultureInfo.InvariantCulture),
        Setting<double>.Deferred deferred => $"{{{{ {deferred.Residual.Print()} }}}}",
        _ => NotKnown,
    };

    // Lengths before contents: no two different lists of parts give the same bytes.
    private static string Hash(string scheme, IReadOnlyList<KeyValuePair<string, string>> parts)
    {
        var length = Bound(scheme);
        foreach (var (name, value) in parts)
        {
            length += Bound(name) + Bound(value);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(length);
        var used = Append(buffer, 0, scheme);
        foreach (var (name, value) in parts)
        {
            used = Append(buffer, Append(buffer, used, name), value);
        }

        var hex = ContentIdentity.Hex(buffer.AsSpan(0, used));
        ArrayPool<byte>.Shared.Return(buffer);
        return hex;
    }

    private static int Bound(string text) => Encoding.UTF8.GetMaxByteCount(text.Length) + 12;

    private static int Append(byte[] buffer, int used, string text)
    {
        Utf8Formatter.TryFormat(Encoding.UTF8.GetByteCount(text), buffer.AsSpan(used), out var digits);
        used += digits;
        buffer[used++] = (byte)':';
        return used + Encoding.UTF8.GetBytes(text, buffer.AsSpan(used));
    }
}
