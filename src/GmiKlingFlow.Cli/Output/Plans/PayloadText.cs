using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Choosing;

namespace GmiKlingFlow.Cli.Output.Plans;

/// <summary>A payload's values for people: as they will be sent, or what has to be known first.</summary>
internal static class PayloadText
{
    // Bare Base64 and the like: beyond any URL that services take.
    private const int LongestText = 2048;

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(PayloadValue value) => value switch
    {
        PayloadValue.Null => "null",
        PayloadValue.Bool flag => flag.Value ? "true" : "false",
        PayloadValue.Integer integer => integer.Value.ToString(CultureInfo.InvariantCulture),
        PayloadValue.Number number => number.Value.ToString("R", CultureInfo.InvariantCulture),
        PayloadValue.Text { Value.Length: > LongestText } text => string.Create(CultureInfo.InvariantCulture, $"(text of {text.Value.Length} characters, {Head(text.Value)}…)"),
        // Signatures stand in the plan's JSON alone, which is what is sent: this text goes into logs and pull requests.
        PayloadValue.Text text => SignedText.Hidden(Printable.Line(IsUrl(text.Value) ? text.Value : JsonSerializer.Serialize(text.Value, Json))),
        PayloadValue.InlineFile inline => $"(base64 of {Printable.Line(inline.File.Shown)}, {Size(inline.File.Bytes)})",
        PayloadValue.UploadedUrl upload => $"(known after upload of {Printable.Line(upload.File.Shown)})",
        PayloadValue.PassResult result => string.Create(CultureInfo.InvariantCulture, $"(known after pass {result.Pass})"),
        PayloadValue.FromFace face => $"(known after identify: {Printable.Line(face.Residual.Print())})",
        PayloadValue.FaceId face => $"(known after identify: {Selectors(face.Face)})",
        PayloadValue.Unknown => "(known after identify)",
        PayloadValue.Array array => $"[{string.Join(", ", array.Items.Select(Of))}]",
        PayloadValue.Object members => $"{{{string.Join(", ", members.Members.Select(member => $"{Printable.Line(member.Key)} {Of(member.Value)}"))}}}",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "An unknown value."),
    };

    private static string Selectors(FaceName face) =>
        string.Join(" or ", face.Selectors.Select(selector => Printable.Line(SelectorText.Of(selector))));

    private static bool IsUrl(string text) =>
        (text.StartsWith("https://", StringComparison.Ordinal) || text.StartsWith("http://", StringComparison.Ordinal)) && !text.Contains(' ', StringComparison.Ordinal);

    private static string Head(string text)
    {
        var head = new StringBuilder(text, 0, 24, 24).ToString();
        return Printable.Line(char.IsHighSurrogate(head[^1]) ? head[..^1] : head);
    }

    private static string Size(long bytes) => bytes switch
    {
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1000} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000m:0.0} MB"),
    };
}
