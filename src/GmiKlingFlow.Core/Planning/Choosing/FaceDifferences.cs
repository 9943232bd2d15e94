using System.Globalization;
using System.Text;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Core.Planning.Choosing;

/// <summary>
/// Holds the faces that identify found against the locked ones. A face is the same one when it has the same id and, within the tolerance, the same
/// interval: an id is what a sync request names, so the same interval under another id is another face until somebody has looked at it.
/// </summary>
public static class FaceDifferences
{
    private const int MostRows = 20;
    private const int LongestId = 24;

    /// <summary>Identify's times are exact to some milliseconds only (api-contract 4.2; product 5 gives the number).</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(100);

    /// <returns>Whether what was found is what is locked; the order does not count.</returns>
    public static bool AreSame(IReadOnlyList<Face> locked, IReadOnlyList<Face> found) =>
        locked.Count == found.Count && Pairs(locked, found).All(static pair => pair.IsSame);

    /// <returns>Both as a table for people, in the order of <see cref="FaceChooser.InOrder"/>; lines end with <c>\n</c> except the last.</returns>
    public static string Table(IReadOnlyList<Face> locked, IReadOnlyList<Face> found)
    {
        var pairs = Pairs(locked, found);
        if (pairs.Count == 0)
        {
            return "No face was found, as locked.";
        }

        // A long list shows what matters.
        var shown = pairs.Count <= MostRows ? pairs : [.. pairs.Where(static pair => !pair.IsSame).Take(MostRows)];
        List<string[]> rows = [["id", "locked", "found", ""], .. shown.Select(Row)];
        var text = new StringBuilder("Faces locked, and found now:");
        foreach (var row in rows)
        {
            text.Append('\n');
            for (var column = 0; column < row.Length; column++)
            {
                text.Append("  ").Append(column == row.Length - 1 ? row[column] : row[column].PadRight(rows.Max(r => r[column].Length)));
            }

            while (text[^1] == ' ')
            {
                text.Length--;
            }
        }

        if (shown.Count < pairs.Count)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  and {pairs.Count - shown.Count} more");
        }

        return HaveSameTimes(locked, found) && !AreSame(locked, found) ? text.Append("\nThe times are the same, under other ids.").ToString() : text.ToString();
    }

    private static List<Pair> Pairs(IReadOnlyList<Face> locked, IReadOnlyList<Face> found)
    {
        var rest = FaceChooser.InOrder(found).GroupBy(static face => face.Id, StringComparer.Ordinal).ToDictionary(static group => group.Key, static group => new Queue<Face>(group), StringComparer.Ordinal);
        List<Pair> pairs = [.. FaceChooser.InOrder(locked).Select(old => new Pair(old, rest.TryGetValue(old.Id, out var same) && same.Count > 0 ? same.Dequeue() : null))];
        pairs.AddRange(FaceChooser.InOrder([.. rest.Values.SelectMany(static left => left)]).Select(static face => new Pair(null, face)));
        return pairs;
    }

    private static bool HaveSameTimes(IReadOnlyList<Face> locked, IReadOnlyList<Face> found) =>
        locked.Count == found.Count
        && FaceChooser.InOrder(locked).Zip(FaceChooser.InOrder(found)).All(static pair => IsClose(pair.First.Visible, pair.Second.Visible));

    private static bool IsClose(TimeRange some, TimeRange other) =>
        (some.Start - other.Start).Duration() <= Tolerance && (some.End - other.End).Duration() <= Tolerance;

    private static string[] Row(Pair pair)
    {
        var id = (pair.Locked ?? pair.Found)?.Id ?? "";
        return [$"\"{(id.Length > LongestId ? $"{id[..LongestId]}…" : id)}\"", Range(pair.Locked), Range(pair.Found), pair.Word];
    }

    private static string Range(Face? face) => face is null
        ? "-"
        : string.Create(CultureInfo.InvariantCulture, $"{Milliseconds.Of(face.Visible.Start)}-{Milliseconds.Of(face.Visible.End)} ms");

    private sealed record Pair(Face? Locked, Face? Found)
    {
        public bool IsSame => Locked is not null && Found is not null && IsClose(Locked.Visible, Found.Visible);

        public string Word => IsSame ? "same" : Found is null ? "gone" : Locked is null ? "new" : "moved";
    }
}
