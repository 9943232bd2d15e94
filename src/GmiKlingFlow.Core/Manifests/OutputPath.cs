using System.Globalization;
using System.Text;

namespace GmiKlingFlow.Core.Manifests;

/// <summary>A job's output path: relative, with <c>/</c>, inside the output folder on every operating system.</summary>
public static class OutputPath
{
    /// <summary>Most file systems take 255 bytes; the rest is for the suffix of the temporary file.</summary>
    private const int LongestSegment = 200;

    private const int LongestPath = 800;

    private static readonly HashSet<string> Devices = new(
        [
            "con", "prn", "aux", "nul", "conin$", "conout$",
            "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "com¹", "com²", "com³",
            "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "lpt¹", "lpt²", "lpt³",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The files that a run itself writes into the output folder.</summary>
    private static readonly HashSet<string> Reserved = new(["results.yaml", "results.json"], StringComparer.OrdinalIgnoreCase);

    /// <returns>A clause that says what is wrong with a path as it was written, or null when it is safe.</returns>
    public static string? Problem(string written)
    {
        if (written.Length == 0)
        {
            return "it is empty";
        }

        if (written.Contains('\\'))
        {
            return "\"\\\" is not allowed; folders are separated by \"/\"";
        }

        if (written[0] == '/' || (written.Length > 1 && written[1] == ':'))
        {
            return "it is absolute";
        }

        if (Encoding.UTF8.GetByteCount(written) > LongestPath)
        {
            return $"it is longer than {LongestPath} bytes";
        }

        if (written[^1] == '/')
        {
            return "it names a folder";
        }

        var segments = Segments(written);
        if (segments.Count == 0)
        {
            return "it names no file";
        }

        foreach (var segment in segments)
        {
            if (SegmentProblem(segment) is { } problem)
            {
                return problem;
            }
        }

        return Reserved.Contains(string.Join('/', segments)) ? "the run writes its results there" : null;
    }

    /// <summary>The one way to write a path that has no <see cref="Problem"/>: no <c>./</c>, no doubled <c>/</c>, composed characters (NFC).</summary>
    public static string Normalise(string written) => Composed(string.Join('/', Segments(written)));

    /// <returns>Equal for two outputs that are one file on a disk that ignores case.</returns>
    public static string CollisionKey(string normalised) => normalised.ToUpperInvariant();

    internal static string? SegmentProblem(string segment)
    {
        var stem = segment.Split('.', 2)[0].TrimEnd(' ');
        return segment switch
        {
            ".." => "\"..\" leaves the output folder",
            _ when segment[^1] is '.' or ' ' => $"\"{segment}\" ends in a dot or a space",
            _ when segment[0] == ' ' => $"\"{segment}\" starts with a space",
            _ when Devices.Contains(stem) => $"\"{segment}\" is a device name on Windows",
            _ when HoldsControl(segment) => "it holds a control character",
            _ when NotInFileNames(segment) is { } odd => $"\"{odd}\" is not allowed in file names",
            _ when !IsWellFormed(segment) => "it holds half of a character",
            _ when Encoding.UTF8.GetByteCount(segment) > LongestSegment => $"a name in it is longer than {LongestSegment} bytes",
            _ => null,
        };
    }

    // Loops: over a text's characters, queries are code compiled at start.
    private static bool HoldsControl(string segment)
    {
        foreach (var c in segment)
        {
            if (char.IsControl(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator && c is not ('\u200d' or '\u200c'))
            {
                return true;
            }
        }

        return false;
    }

    private static char? NotInFileNames(string segment)
    {
        foreach (var c in segment)
        {
            if (c is '<' or '>' or ':' or '"' or '|' or '?' or '*')
            {
                return c;
            }
        }

        return null;
    }

    private static List<string> Segments(string path)
    {
        var segments = new List<string>(path.Split('/'));
        segments.RemoveAll(static segment => segment is "" or ".");
        return segments;
    }

    private static bool IsWellFormed(string text)
    {
        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var used) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            rest = rest[used..];
        }

        return true;
    }

    private static string Composed(string text) => Ascii.IsValid(text) ? text : Compositions.Compose(text);
}
