using System.Text;

namespace GmiKlingFlow.Core.Planning.Keys;

/// <summary>Tells which inputs of a job changed since it last ran.</summary>
internal static class KeyChanges
{
    private const int Shown = 4;
    private const int LongestValue = 60;

    /// <returns>As in <c>audio sha256 ab12… → 9f03…, sound_insert_time 1000 → 1200</c>; empty when nothing changed.</returns>
    public static string Between(IReadOnlyList<KeyValuePair<string, string>> before, IReadOnlyList<KeyValuePair<string, string>> after)
    {
        var old = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in before)
        {
            old[name] = value;
        }

        var hasOneEntry = IsOneEntry(before) && IsOneEntry(after);
        var changes = new List<string>();
        foreach (var (name, value) in after)
        {
            if (!old.Remove(name, out var was) && name == JobKeys.MultiFacePart)
            {
                was = "together";
            }

            if (was is null)
            {
                changes.Add($"{Name(name, hasOneEntry)} {Short(value)} added");
            }
            else if (was != value)
            {
                changes.Add($"{Name(name, hasOneEntry)} {Change(was, value)}");
            }
        }

        changes.AddRange(before.Where(part => old.ContainsKey(part.Key)).Select(part => part.Key == JobKeys.MultiFacePart
            ? $"{part.Key} {part.Value} → together"
            : $"{Name(part.Key, hasOneEntry)} {Short(part.Value)} removed"));
        return changes.Count <= Shown
            ? string.Join(", ", changes)
            : $"{string.Join(", ", changes.Take(Shown))} and {changes.Count - Shown} more";
    }

    private static string Change(string was, string now)
    {
        if (!was.StartsWith(ContentIdentity.Sha256Prefix, StringComparison.Ordinal) || !now.StartsWith(ContentIdentity.Sha256Prefix, StringComparison.Ordinal))
        {
            return $"{Short(was)} → {Short(now)}";
        }

        var (before, after) = (was[ContentIdentity.Sha256Prefix.Length..], now[ContentIdentity.Sha256Prefix.Length..]);
        var digits = 4;
        while (digits < Math.Min(before.Length, after.Length) && before.AsSpan(0, digits).SequenceEqual(after.AsSpan(0, digits)))
        {
            digits++;
        }

        return $"sha256 {before[..Math.Min(digits, before.Length)]}… → {after[..Math.Min(digits, after.Length)]}…";
    }

    private static string Short(string value)
    {
        if (value.StartsWith(ContentIdentity.Sha256Prefix, StringComparison.Ordinal))
        {
            var hex = value[ContentIdentity.Sha256Prefix.Length..];
            return hex.Length > 4 ? $"sha256 {hex[..4]}…" : $"sha256 {hex}";
        }

        var text = value.StartsWith("url:", StringComparison.Ordinal) ? value["url:".Length..] : value;
        return text.Length <= LongestValue ? text : Cut(text);
    }

    // Both ends, because two long URLs mostly differ at the end.
    private static string Cut(string text)
    {
        var half = (LongestValue - 1) / 2;
        var head = char.IsHighSurrogate(text[half - 1]) ? half - 1 : half;
        var tail = char.IsLowSurrogate(text[^half]) ? half - 1 : half;
        return new StringBuilder().Append(text, 0, head).Append('…').Append(text, text.Length - tail, tail).ToString();
    }

    private static string Name(string name, bool hasOneEntry) =>
        hasOneEntry && name.StartsWith(EntryPartNames.Prefix(0), StringComparison.Ordinal) ? name[EntryPartNames.Prefix(0).Length..] : name;

    private static bool IsOneEntry(IReadOnlyList<KeyValuePair<string, string>> parts) =>
        !parts.Any(part => part.Key.StartsWith(EntryPartNames.Prefix(1), StringComparison.Ordinal));
}
