using System.Buffers;
using System.Text.Json;

namespace GmiKlingFlow.Core.Documents;

/// <summary>What <see cref="LongListReader.Read"/> came to.</summary>
public enum LongListPart
{
    /// <summary>The list begins. Where a document has it twice the last one counts, as everywhere in JSON: what came before is to be forgotten.</summary>
    ListStart,

    /// <summary>One of its items.</summary>
    Item,

    /// <summary>The document was whole.</summary>
    End,
}

/// <summary>
/// Goes through a JSON document of which one member of the root is a long list: an item at a time, through a buffer that holds one item. All else of the document is its head,
/// which is kept. Members may come in any order.
/// </summary>
/// <param name="stream">UTF-8, with a byte order mark or without. Left open.</param>
/// <param name="list">The member's name.</param>
public sealed class LongListReader(Stream stream, string list)
{
    private const int UsualBuffer = 128 * 1024;

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private readonly ArrayBufferWriter<byte> head = new();

    // What of the stream is missing in the head, and where: for the line of a mistake behind it.
    private readonly List<(long HeadAt, long Length)> cuts = [];
    private byte[] buffer = [];
    private long bufferAt;
    private int consumed;
    private int filled;
    private int itemStart;
    private int firstAt;
    private long listAt;
    private bool isLast;
    private bool isListNext;
    private bool isInList;
    private JsonReaderState state;

    /// <summary>The item's JSON, until the next <see cref="Read"/>.</summary>
    public ReadOnlyMemory<byte> Item => buffer.AsMemory(itemStart, consumed - itemStart);

    /// <summary>Where <see cref="Item"/> begins in the stream, in bytes.</summary>
    public long ItemOffset => bufferAt + itemStart;

    /// <summary>The document with the list emptied: whole at the end. While the list is gone through, what came before it, closed.</summary>
    public ReadOnlyMemory<byte> Head => isInList ? (byte[])[.. head.WrittenSpan, .. "]}"u8] : head.WrittenMemory;

    /// <exception cref="JsonException">It is not JSON, or cut off; with line and column in the stream.</exception>
    public LongListPart Read()
    {
        if (buffer.Length == 0)
        {
            Begin();
        }

        while (true)
        {
            if ((isInList ? ReadItem() : ReadHead()) is { } part)
            {
                return part;
            }

            Fill();
        }
    }

    /// <summary>What was found wrong in <see cref="Item"/>, with its place in the stream.</summary>
    public JsonException InItem(JsonException problem) => Placed(problem, ItemOffset);

    /// <summary>What was found wrong in <see cref="Head"/> at the end, with its place in the stream.</summary>
    public JsonException InHead(JsonException problem)
    {
        var at = OffsetOf(problem, head.WrittenSpan);
        return Placed(new JsonException(problem.Message, problem.Path, 0, 0, problem), at + firstAt + cuts.Where(cut => cut.HeadAt <= at).Sum(static cut => cut.Length));
    }

    private void Begin()
    {
        buffer = new byte[UsualBuffer];
        filled = stream.ReadAtLeast(buffer, ByteOrderMark.Length, throwOnEndOfStream: false);
        isLast = filled < ByteOrderMark.Length;
        consumed = firstAt = buffer.AsSpan(0, filled).StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
    }

    /// <returns>Null where more of the stream is needed.</returns>
    private LongListPart? ReadHead()
    {
        var from = consumed;
        var reader = new Utf8JsonReader(buffer.AsSpan(from, filled - from), isLast, state);
        while (reader.Read())
        {
            if (reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 })
            {
                isListNext = IsList(ref reader);
            }
            else if (isListNext)
            {
                isListNext = false;
                if (reader.TokenType == JsonTokenType.StartArray)
                {
                    KeepHead(ref reader, from);
                    (isInList, listAt) = (true, bufferAt + consumed);
                    return LongListPart.ListStart;
                }
            }
        }

        KeepHead(ref reader, from);
        return isLast ? LongListPart.End : null;
    }

    /// <returns>Null where more of the stream is needed, or the list is at its end.</returns>
    private LongListPart? ReadItem()
    {
        var reader = new Utf8JsonReader(buffer.AsSpan(consumed, filled - consumed), isLast, state);
        var isToken = reader.Read();
        var at = consumed + (int)reader.TokenStartIndex;
        if (!isToken || (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && !reader.TrySkip()))
        {
            // Begun anew when there is more of it: nothing of it was consumed.
            return null;
        }

        (state, consumed) = (reader.CurrentState, consumed + (int)reader.BytesConsumed);
        if (reader is { TokenType: JsonTokenType.EndArray, CurrentDepth: 1 })
        {
            isInList = false;
            cuts.Add((head.WrittenCount, bufferAt + at - listAt));
            head.Write("]"u8);
            return ReadHead();
        }

        itemStart = at;
        return LongListPart.Item;
    }

    private void KeepHead(ref Utf8JsonReader reader, int from)
    {
        (state, consumed) = (reader.CurrentState, from + (int)reader.BytesConsumed);
        head.Write(buffer.AsSpan(from, consumed - from));
    }

    private void Fill()
    {
        if (isLast)
        {
            // The JSON reader throws where the last of a document does not end as it must.
            throw new InvalidOperationException("The end of the document was read without an end.");
        }

        var rest = filled - consumed;
        if (rest > buffer.Length / 2)
        {
            var larger = new byte[checked(buffer.Length * 2)];
            buffer.AsSpan(consumed, rest).CopyTo(larger);
            buffer = larger;
        }
        else
        {
            buffer.AsSpan(consumed, rest).CopyTo(buffer);
        }

        bufferAt += consumed;
        (consumed, filled, itemStart) = (0, rest, 0);
        var read = stream.Read(buffer, filled, buffer.Length - filled);
        filled += read;
        isLast = read == 0;
    }

    private bool IsList(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.ValueTextEquals(list);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, escaped: valid JSON, and no name.
            return false;
        }
    }

    private static long OffsetOf(JsonException problem, ReadOnlySpan<byte> text)
    {
        var at = 0;
        for (var line = 0L; line < (problem.LineNumber ?? 0) && text[at..].IndexOf((byte)'\n') is >= 0 and var end; line++)
        {
            at += end + 1;
        }

        return at + (problem.BytePositionInLine ?? 0);
    }

    private JsonException Placed(JsonException problem, long offset)
    {
        if (!stream.CanSeek)
        {
            return problem;
        }

        stream.Position = 0;
        var piece = new byte[UsualBuffer];
        var (lines, lastLine, at) = (0L, 0L, 0L);
        int read;
        while (at < offset && (read = stream.Read(piece, 0, (int)Math.Min(piece.Length, offset - at))) > 0)
        {
            var text = piece.AsSpan(0, read);
            lines += text.Count((byte)'\n');
            lastLine = text.LastIndexOf((byte)'\n') is >= 0 and var end ? at + end + 1 : lastLine;
            at += read;
        }

        var line = problem.LineNumber ?? 0;
        return new JsonException(problem.Message, problem.Path, lines + line, (line == 0 ? offset - Math.Max(lastLine, firstAt) : 0) + (problem.BytePositionInLine ?? 0), problem);
    }
}
