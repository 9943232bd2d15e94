using System.Text;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Manifests.Yaml;

/// <summary>Bytes of a file to text that YAML can be read from: UTF-8 only, no characters that YAML forbids.</summary>
internal static class ManifestDecoder
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>Null when a diagnostic was added.</returns>
    public static ManifestText? Decode(string file, string fullPath, ReadOnlyMemory<byte> memory, DiagnosticBag diagnostics)
    {
        var bytes = memory.Span;
        if (WideEncoding(bytes) is { } encoding)
        {
            diagnostics.Add(YamlDiagnostics.OtherUnicodeEncoding(new Place(SourceSpan.StartOf(file), ""), encoding));
            return null;
        }

        var content = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        string text;
        try
        {
            text = Strict.GetString(content);
        }
        catch (DecoderFallbackException e)
        {
            var readable = new ManifestText(file, fullPath, Encoding.UTF8.GetString(content[..Math.Clamp(e.Index, 0, content.Length)]), memory);
            diagnostics.Add(YamlDiagnostics.NotUtf8(new Place(readable.Span(readable.Text.Length, readable.Text.Length), "")));
            return null;
        }

        var manifest = new ManifestText(file, fullPath, text, memory);
        var forbidden = IndexOfForbidden(text);
        if (forbidden >= 0)
        {
            diagnostics.Add(YamlDiagnostics.ControlCharacter(new Place(manifest.Span(forbidden, forbidden + 1), ""), text[forbidden]));
            return null;
        }

        return manifest;
    }

    // A plain loop: a vectorised search is compiled anew at every start, and costs more there than it saves on any flow.
    private static int IndexOfForbidden(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is < ' ' or > '~' && IsForbidden(text[i]))
            {
                return i;
            }
        }

        return -1;
    }

    // Not printable in YAML 1.2 (5.1); and the three that YAML 1.1 parsers, ours among them, take for line breaks inside a value.
    private static bool IsForbidden(char c) => c is
        (< ' ' and not ('\t' or '\n' or '\r')) or (>= '\u007f' and <= '\u009f') or '\u2028' or '\u2029' or '\ufffe' or '\uffff' or '\ufeff';

    /// <summary>By byte order mark, else by the zero bytes that ASCII text has in the wider encodings (YAML 1.2, 5.2).</summary>
    private static string? WideEncoding(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xff, 0xfe, 0, 0, ..] or [not 0, 0, 0, 0, ..] => "UTF-32 little endian",
        [0, 0, 0xfe, 0xff, ..] or [0, 0, 0, not 0, ..] => "UTF-32 big endian",
        [0xff, 0xfe, ..] or [not 0, 0, not 0, 0, ..] => "UTF-16 little endian",
        [0xfe, 0xff, ..] or [0, not 0, 0, not 0, ..] => "UTF-16 big endian",
        _ => null,
    };
}
