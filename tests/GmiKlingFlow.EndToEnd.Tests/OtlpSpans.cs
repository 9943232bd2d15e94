using System.Buffers.Binary;
using System.Text;

namespace GmiKlingFlow.EndToEnd.Tests;

/// <summary>One span as a collector receives it.</summary>
internal sealed record OtlpSpan(string Trace, string Id, string Parent, string Name, ulong Start, ulong End, IReadOnlyDictionary<string, string> Tags);

/// <summary>Reads OTLP's protobuf by the field numbers of its published definition (opentelemetry-proto, trace.proto and common.proto).</summary>
internal static class OtlpSpans
{
    public static IEnumerable<OtlpSpan> Read(byte[] request) =>
        from resource in Fields(request, 1)
        from scope in Fields(resource, 2)
        from span in Fields(scope, 2)
        select new OtlpSpan(
            Convert.ToHexStringLower(Fields(span, 1).Single()),
            Convert.ToHexStringLower(Fields(span, 2).Single()),
            Convert.ToHexStringLower(Fields(span, 4).FirstOrDefault([])),
            Text(Fields(span, 5).Single()),
            BinaryPrimitives.ReadUInt64LittleEndian(Fields(span, 7).Single()),
            BinaryPrimitives.ReadUInt64LittleEndian(Fields(span, 8).Single()),
            Fields(span, 9).ToDictionary(static tag => Text(Fields(tag, 1).Single()), static tag => Text(Fields(Fields(tag, 2).Single(), 1).FirstOrDefault([]))));

    /// <summary>The names of a metrics request's instruments.</summary>
    public static IEnumerable<string> Metrics(byte[] request) =>
        from resource in Fields(request, 1)
        from scope in Fields(resource, 2)
        from metric in Fields(scope, 2)
        select Text(Fields(metric, 1).Single());

    private static string Text(byte[] utf8) => Encoding.UTF8.GetString(utf8);

    private static List<byte[]> Fields(byte[] message, int wanted)
    {
        List<byte[]> found = [];
        for (var at = 0; at < message.Length;)
        {
            var key = Varint(message, ref at);
            var start = at;
            var length = (key & 7) switch
            {
                0 => Skip(message, at),
                1 => 8,
                2 => (int)Varint(message, ref start),
                5 => 4,
                var type => throw new InvalidDataException($"Wire type {type}."),
            };
            if ((int)(key >> 3) == wanted)
            {
                found.Add(message[start..(start + length)]);
            }

            at = start + length;
        }

        return found;
    }

    private static int Skip(byte[] message, int at)
    {
        var start = at;
        Varint(message, ref at);
        return at - start;
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
