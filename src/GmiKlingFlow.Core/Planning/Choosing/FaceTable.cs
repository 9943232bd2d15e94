using System.Globalization;
using System.Text;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Core.Planning.Choosing;

/// <summary>The faces of a video as a small aligned table for people.</summary>
public static class FaceTable
{
    private const int MostRows = 20;
    private const int LongestId = 24;

    /// <returns>One line per face: index, id, interval and length; lines end with <c>\n</c> except the last.</returns>
    public static string Of(IReadOnlyList<Face> faces)
    {
        if (faces.Count == 0)
        {
            return "No face was found.";
        }

        var rows = FaceChooser.InOrder(faces).Take(MostRows).Select(Row).ToList();
        rows.Insert(0, ["index", "id", "start_time", "end_time", "length"]);
        var text = new StringBuilder("Faces found:");
        foreach (var row in rows)
        {
            text.Append('\n');
            for (var column = 0; column < row.Length; column++)
            {
                var width = rows.Max(r => r[column].Length);
                text.Append("  ").Append(column == 1 ? row[column].PadRight(width) : row[column].PadLeft(width));
            }
        }

        return faces.Count <= MostRows
            ? text.ToString()
            : text.Append(CultureInfo.InvariantCulture, $"\n  and {faces.Count - MostRows} more").ToString();
    }

    private static string[] Row(Face face, int index) =>
    [
        index.ToString(CultureInfo.InvariantCulture),
        $"\"{(face.Id.Length > LongestId ? $"{face.Id[..LongestId]}…" : face.Id)}\"",
        $"{Number(face.Visible.Start)} ms",
        $"{Number(face.Visible.End)} ms",
        $"{Number(face.Visible.Length)} ms",
    ];

    private static string Number(TimeSpan time) => Milliseconds.Of(time).ToString(CultureInfo.InvariantCulture);
}
