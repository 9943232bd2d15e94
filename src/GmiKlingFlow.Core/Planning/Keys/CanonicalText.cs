using System.Buffers;
using System.Text;
using System.Text.Json;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Choosing;
using GmiKlingFlow.Core.Planning.Payloads;

namespace GmiKlingFlow.Core.Planning.Keys;

/// <summary>One text per payload value for job keys: JSON with sorted members; what is unknown is named by what it depends on.</summary>
internal static class CanonicalText
{
    public static string Of(PayloadValue value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, PayloadWriter.WireOptions))
        {
            PayloadWriter.Write(json, Canonical(value), PayloadFill.None, requireKnown: true);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static PayloadValue Canonical(PayloadValue value) => value switch
    {
        PayloadValue.Array array => new PayloadValue.Array([.. array.Items.Select(Canonical)]),
        PayloadValue.Object members => new PayloadValue.Object(
        [
            .. members.Members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Canonical(member.Value))),
        ]),
        PayloadValue.FromFace face => new PayloadValue.Text($"{{{{ {face.Residual.Print()} }}}}"),
        PayloadValue.FaceId face => new PayloadValue.Text(SelectorText.Of(face.Face)),
        PayloadValue.UploadedUrl upload => new PayloadValue.Text(ContentIdentity.Of(upload.File)),
        PayloadValue.InlineFile inline => new PayloadValue.Text(ContentIdentity.Of(inline.File)),
        PayloadValue.SessionId => new PayloadValue.Null(),
        _ => value,
    };
}
