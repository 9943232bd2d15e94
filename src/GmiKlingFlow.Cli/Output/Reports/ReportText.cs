using System.Text;

namespace GmiKlingFlow.Cli.Output.Reports;

/// <summary>The text of a file that anybody may have written, as UTF-8: a shell's <c>&gt;</c> may write UTF-16 or a byte order mark.</summary>
internal static class ReportText
{
    private const int LongestMark = 4;

    public static Encoding EncodingOf(FileStream file)
    {
        var start = new byte[LongestMark];
        file.Position = 0;
        return start.AsSpan(0, file.ReadAtLeast(start, LongestMark, throwOnEndOfStream: false)) switch
        {
            [0xFF, 0xFE, 0, 0] => new UTF32Encoding(bigEndian: false, byteOrderMark: true),
            [0, 0, 0xFE, 0xFF] => new UTF32Encoding(bigEndian: true, byteOrderMark: true),
            [0xFF, 0xFE, ..] => Encoding.Unicode,
            [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
            _ => Encoding.UTF8,
        };
    }

    /// <summary>From where the file stands; closing it leaves the file open.</summary>
    public static Stream AsUtf8(FileStream file, Encoding encoding) =>
        encoding is UTF8Encoding ? file : Encoding.CreateTranscodingStream(file, encoding, Encoding.UTF8, leaveOpen: true);

    /// <summary>Bytes that are no text are shown as such, instead of making the whole unreadable.</summary>
    public static ReadOnlyMemory<byte> Utf8(ReadOnlyMemory<byte> text) =>
        System.Text.Unicode.Utf8.IsValid(text.Span) ? text : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text.Span));

    /// <summary>Whether the first thing in it that is no white space is an opening brace.</summary>
    public static bool IsObject(FileStream file, Encoding encoding)
    {
        file.Position = 0;
        using var text = new StreamReader(file, encoding, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        int read;
        while ((read = text.Read()) >= 0 && char.IsWhiteSpace((char)read))
        {
        }

        return read == '{';
    }
}
