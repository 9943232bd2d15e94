using System.Text;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Subtitles;

/// <summary>The lines of a subtitle file, with their places.</summary>
internal sealed class SubtitleText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string file;

    private SubtitleText(string file, string text)
    {
        this.file = file;
        Lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
    }

    /// <summary>Without their ends, from the first.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <param name="file">As it is shown to people.</param>
    /// <returns>Null when a diagnostic was added.</returns>
    public static SubtitleText? Decode(string file, ReadOnlySpan<byte> bytes, DiagnosticBag diagnostics)
    {
        var start = new Place(SourceSpan.StartOf(file), "");
        if (bytes is [0xff, 0xfe, ..] or [0xfe, 0xff, ..])
        {
            diagnostics.Add(SubtitleDiagnostics.OtherEncoding(start, "UTF-16"));
            return null;
        }

        if (bytes.Contains((byte)0))
        {
            diagnostics.Add(SubtitleDiagnostics.OtherEncoding(start, bytes is [not 0, 0, not 0, 0, ..] or [0, not 0, 0, not 0, ..] ? "UTF-16" : "binary data"));
            return null;
        }

        var content = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        try
        {
            return new SubtitleText(file, Strict.GetString(content));
        }
        catch (DecoderFallbackException e)
        {
            var readable = new SubtitleText(file, Encoding.UTF8.GetString(content[..Math.Clamp(e.Index, 0, content.Length)]));
            var (line, column) = (readable.Lines.Count - 1, readable.Lines[^1].Length);
            diagnostics.Add(SubtitleDiagnostics.NotUtf8(new Place(readable.Span(line, column, column), "")));
            return null;
        }
    }

    /// <param name="line">From 0.</param>
    /// <param name="from">From 0, in UTF-16 units.</param>
    /// <param name="to">Exclusive.</param>
    public SourceSpan Span(int line, int from, int to) => new(file, line + 1, from + 1, line + 1, Math.Max(from, to) + 1);

    /// <summary>A line without the white space around it.</summary>
    public SourceSpan Span(int line)
    {
        var text = Lines[line];
        var from = text.Length - text.TrimStart().Length;
        return Span(line, from, Math.Max(from, text.TrimEnd().Length));
    }
}
