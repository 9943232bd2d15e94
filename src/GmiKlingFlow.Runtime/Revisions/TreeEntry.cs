using System.Globalization;
using System.Text;

namespace GmiKlingFlow.Runtime.Revisions;

/// <summary>A file of a revision.</summary>
/// <param name="Mode">As git names it: <c>100644</c> a file, <c>120000</c> a symbolic link, <c>160000</c> a submodule.</param>
/// <param name="Bytes">Zero for a submodule.</param>
internal sealed record TreeEntry(string Mode, string Object, long Bytes)
{
    public bool IsFile => Mode.StartsWith("100", StringComparison.Ordinal);

    public bool IsLink => Mode == "120000";

    /// <summary>Reads what <c>git ls-tree -r -z -l --full-tree</c> writes.</summary>
    /// <returns>By path from the repository's root, with <c>/</c>.</returns>
    public static Dictionary<string, TreeEntry> List(ReadOnlySpan<byte> output)
    {
        var entries = new Dictionary<string, TreeEntry>(StringComparer.Ordinal);
        while (output.IndexOf((byte)0) is >= 0 and var end)
        {
            var line = Encoding.UTF8.GetString(output[..end]);
            output = output[(end + 1)..];
            if (line.Split('\t', 2) is [var facts, var path] && facts.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var mode, _, var id, var size])
            {
                entries[path] = new TreeEntry(mode, id, long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : 0);
            }
        }

        return entries;
    }
}
