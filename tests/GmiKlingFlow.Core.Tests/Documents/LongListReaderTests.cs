using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using FsCheck;
using FsCheck.Fluent;
using GmiKlingFlow.Core.Documents;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Documents;

public sealed class LongListReaderTests
{
    [Theory]
    [InlineData("""{"a":1,"jobs":[{"x":[1]},2,"s",[3,[4]],null],"b":{"jobs":[9]}}""", """{"a":1,"jobs":[],"b":{"jobs":[9]}}""", """{"x":[1]}|2|"s"|[3,[4]]|null""")]
    [InlineData("""{"jobs":[1],"a":2}""", """{"jobs":[],"a":2}""", "1")]
    [InlineData("""{"\u006aobs":[1]}""", """{"\u006aobs":[]}""", "1")]
    [InlineData("""{"jobs":[],"a":2}""", """{"jobs":[],"a":2}""", "")]
    [InlineData("""{"jobs":{"jobs":[1]},"a":[2]}""", """{"jobs":{"jobs":[1]},"a":[2]}""", "")]
    [InlineData("""{"jobs":[1],"jobs":[2,3]}""", """{"jobs":[],"jobs":[]}""", "2|3")]
    [InlineData("""{"jobs":[1],"jobs":null}""", """{"jobs":[],"jobs":null}""", "1")]
    [InlineData("""[{"jobs":[1]}]""", """[{"jobs":[1]}]""", "")]
    [InlineData("""{"\ud800":1,"jobs":[5]}""", """{"\ud800":1,"jobs":[]}""", "5")]
    [InlineData("null", "null", "")]
    public void Read_Document_IsItsItemsAndTheRest(string text, string head, string items)
    {
        foreach (var atOnce in new[] { 1, 7, int.MaxValue })
        {
            var (found, rest) = Read(new Drops(text, atOnce));
            Assert.Equal((head, items), (rest, string.Join('|', found)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \n")]
    [InlineData("""{"jobs":[{"a":1}""")]
    [InlineData("""{"jobs":[1,]}""")]
    [InlineData("""{"jobs":[1 2]}""")]
    [InlineData("""{"jobs":[1]} x""")]
    [InlineData("""{"a":1""")]
    [InlineData("""{"jobs":[{"a":"b}]}""")]
    public void Read_NoJson_ThrowsAtTheSamePlaceAsReadingItWhole(string text)
    {
        var whole = Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(text));
        var inParts = Assert.ThrowsAny<JsonException>(() => Read(new Drops(text, 3)));

        Assert.Equal((whole.LineNumber, whole.BytePositionInLine), (inParts.LineNumber, inParts.BytePositionInLine));
    }

    [Fact]
    public void Read_AnyJobs_GivesEachAsItWasWritten() => Check.One(PropertyRun.Config, Prop.ForAll<NonNull<string>[], PositiveInt>((texts, atOnce) =>
    {
        var document = JsonSerializer.Serialize(new { before = texts.Length, jobs = texts.Select(static text => new { text = text.Get, more = new[] { text.Get } }), after = "x" });
        using var whole = JsonDocument.Parse(document);
        var (items, head) = Read(new Drops(document, atOnce.Get));

        Assert.Equal(whole.RootElement.GetProperty("jobs").EnumerateArray().Select(static job => job.GetRawText()), items);
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $$"""{"before":{{texts.Length}},"jobs":[],"after":"x"}"""), head);
    }));

    [Fact]
    public void Read_ByteOrderMark_IsNotOfTheDocument() => Assert.Equal("{}", Read(new Drops("\uFEFF{}", 2)).Head);

    [Fact]
    public void Read_ItemLargerThanAnyBuffer_IsWhole()
    {
        var (items, _) = Read(new Drops($$"""{"jobs":["{{new string('x', 1_000_000)}}",1]}""", 50_000));

        Assert.Equal((1_000_002, "1"), (items[0].Length, items[1]));
    }

    [Fact]
    public void Head_InsideTheList_IsWhatCameBeforeIt()
    {
        var reader = new LongListReader(new Drops("""{"run":{"id":1},"jobs":[1,2],"z":0}""", 4), "jobs");
        reader.Read();
        reader.Read();

        Assert.Equal("""{"run":{"id":1},"jobs":[]}""", Encoding.UTF8.GetString(reader.Head.Span));
    }

    [Fact]
    public void Read_LongList_ReadsNoFurtherThanItMust()
    {
        const int Items = 20_000;
        var item = $"\"{new string('x', 98)}\",";
        var stream = new Drops($$"""{"jobs":[{{string.Concat(Enumerable.Repeat(item, Items))}}0]}""", int.MaxValue);
        var reader = new LongListReader(stream, "jobs");
        var furthest = 0L;
        while (reader.Read() != LongListPart.End)
        {
            furthest = Math.Max(furthest, stream.Position - reader.ItemOffset);
        }

        Assert.Equal(stream.Length, stream.Position);
        Assert.InRange(furthest, 1, 256 * 1024);
    }

    [Theory]
    [InlineData("{\n \"a\": 1,\n \"jobs\": [\n  1,\n  {\"x\":\n   7}\n ],\n \"b\": 5\n}", 1)]
    [InlineData("{\"jobs\":[0,\"u\", {\"x\":\n7}\n]}", 2)]
    public void InItem_Mistake_IsToldWithItsPlaceInTheStream(string text, int index)
    {
        var reader = new LongListReader(new MemoryStream(Encoding.UTF8.GetBytes(text)), "jobs");
        for (var left = index + 2; left > 0; left--)
        {
            reader.Read();
        }

        var problem = Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<Dictionary<string, bool>>(reader.Item.Span));
        var placed = reader.InItem(problem);
        var (at, column) = PlaceOf(text, "7");

        Assert.Equal((at, column + 1), (placed.LineNumber, placed.BytePositionInLine));
    }

    [Fact]
    public void InHead_MistakeBehindTheList_IsToldWithItsPlaceInTheStream()
    {
        const string Text = "{\n \"a\": 1,\n \"jobs\": [\n  1,\n  2\n ],\n \"b\": \"five\"\n}";
        var reader = new LongListReader(new MemoryStream(Encoding.UTF8.GetBytes(Text)), "jobs");
        while (reader.Read() != LongListPart.End)
        {
        }

        var whole = Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<Numbers>(Text));
        var placed = reader.InHead(Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize<Numbers>(reader.Head.Span)));

        Assert.Equal((whole.LineNumber, whole.BytePositionInLine), (placed.LineNumber, placed.BytePositionInLine));
    }

    private static (long Line, long Column) PlaceOf(string text, string what)
    {
        var before = text[..text.IndexOf(what, StringComparison.Ordinal)];
        return (before.Count(static c => c == '\n'), before.Length - (before.LastIndexOf('\n') + 1));
    }

    private static (List<string> Items, string Head) Read(Stream stream)
    {
        var (reader, items) = (new LongListReader(stream, "jobs"), new List<string>());
        while (true)
        {
            switch (reader.Read())
            {
                case LongListPart.ListStart:
                    items.Clear();
                    break;
                case LongListPart.Item:
                    items.Add(Encoding.UTF8.GetString(reader.Item.Span));
                    break;
                default:
                    return (items, Encoding.UTF8.GetString(reader.Head.Span));
            }
        }
    }

    private sealed record Numbers([property: JsonPropertyName("b")] int Behind);

    /// <summary>A stream that gives a few bytes at a time.</summary>
    private sealed class Drops(string text, int atOnce) : MemoryStream(Encoding.UTF8.GetBytes(text))
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, atOnce));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, atOnce)]);
    }
}
