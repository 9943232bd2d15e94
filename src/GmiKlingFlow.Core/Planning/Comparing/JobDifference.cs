using System.Globalization;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Keys;

namespace GmiKlingFlow.Core.Planning.Comparing;

/// <summary>Tells what of one job differs from a base, as well as base and state know it.</summary>
internal static class JobDifference
{
    // Members that mean the same wherever they were sent. Ids of faces and addresses of uploads do not.
    private static readonly (string Name, string? LeftOut)[] Comparable =
    [
        ("sound_start_time", null), ("sound_end_time", null), ("sound_insert_time", null), ("sound_volume", "1"), ("original_audio_volume", "1"),
    ];

    /// <returns>Null where nothing differs.</returns>
    public static string? Between(BaseJob was, PlannedJob now, Func<string, IReadOnlyList<KeyValuePair<string, string>>?> partsOf)
    {
        var found = new List<string>();
        if (was.Key != now.Key.Value)
        {
            found.Add(OfInputs(was, now, was.Parts ?? partsOf(was.Key)));
        }

        if (was.Output is { } output && output != now.Job.Output)
        {
            found.Add($"output {output} → {now.Job.Output}");
        }

        if (OfLabels(Shown(was.Labels), Shown(now.Job.Labels)) is { Length: > 0 } ofLabels)
        {
            found.Add(ofLabels);
        }

        if (was.IsBlocked != (now.Action == JobAction.Blocked))
        {
            found.Add(was.IsBlocked ? "not blocked any more" : $"blocked now ({now.Reason})");
        }

        return found.Count == 0 ? null : string.Join("; ", found);
    }

    private static string OfInputs(BaseJob was, PlannedJob now, IReadOnlyList<KeyValuePair<string, string>>? parts)
    {
        if (parts is not null && KeyChanges.Between(parts, now.Key.Parts) is { Length: > 0 } changes)
        {
            return changes;
        }

        var found = new List<string>();
        if (was.Video.Length > 0 && was.Video != now.Job.Video.Name)
        {
            found.Add($"video {was.Video} → {now.Job.Video.Name}");
        }

        if (was.Entries is { } entries && EntriesOf(now) is { Count: > 0 } planned)
        {
            found.AddRange(OfEntries(entries, planned));
        }

        return found.Count == 0 ? "inputs changed (which, neither the base nor the state can tell)" : string.Join(", ", found);
    }

    private static IEnumerable<string> OfEntries(IReadOnlyList<IReadOnlyDictionary<string, string>> was, IReadOnlyList<IReadOnlyDictionary<string, string>> now)
    {
        if (was.Count != now.Count)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{was.Count} → {now.Count} face entries");
            yield break;
        }

        for (var i = 0; i < now.Count; i++)
        {
            foreach (var (name, leftOut) in Comparable)
            {
                var (before, after) = (was[i].GetValueOrDefault(name) ?? leftOut, now[i].GetValueOrDefault(name) ?? leftOut);
                if (before is not null && after is not null && before != after)
                {
                    yield return $"{(now.Count == 1 ? "" : EntryPartNames.Prefix(i))}{name} {before} → {after}";
                }
            }
        }
    }

    private static List<IReadOnlyDictionary<string, string>> EntriesOf(PlannedJob job) =>
    [
        .. job.Steps.Where(static step => step.Model == ModelNames.LipSync)
            .SelectMany(static step => step.Payload.Members.FirstOrDefault(static member => member.Key == "face_choose").Value is PayloadValue.Array array ? array.Items : [])
            .OfType<PayloadValue.Object>()
            .Select(static entry => entry.Members.Where(static member => member.Value is PayloadValue.Integer or PayloadValue.Number)
                .ToDictionary(static member => member.Key, static member => CanonicalText.Of(member.Value), StringComparer.Ordinal)),
    ];

    // As results have them, without what signs a URL: a signature alone is no other label.
    private static List<KeyValuePair<string, string>> Shown(IReadOnlyList<KeyValuePair<string, string>> labels) =>
        [.. labels.Select(static label => KeyValuePair.Create(SignedText.Hidden(label.Key), SignedText.Hidden(label.Value))).DistinctBy(static label => label.Key)];

    private static string OfLabels(IReadOnlyList<KeyValuePair<string, string>> was, IReadOnlyList<KeyValuePair<string, string>> now)
    {
        var old = was.ToDictionary(static label => label.Key, static label => label.Value, StringComparer.Ordinal);
        var found = new List<string>();
        foreach (var (name, value) in now)
        {
            if (!old.Remove(name, out var before))
            {
                found.Add($"label {name}={value} added");
            }
            else if (before != value)
            {
                found.Add($"label {name} {before} → {value}");
            }
        }

        return string.Join(", ", found.Concat(old.Select(static label => $"label {label.Key}={label.Value} removed")));
    }
}
