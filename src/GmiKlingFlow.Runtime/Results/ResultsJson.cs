using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GmiKlingFlow.Runtime.Results;

/// <summary>How results look as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, NewLine = "\n", Converters = [typeof(ResultsTimeConverter)])]
[JsonSerializable(typeof(RunResults))]
public sealed partial class ResultsJson : JsonSerializerContext;

/// <summary>Times in UTC with milliseconds: <c>2026-11-22T11:30:00.000Z</c>.</summary>
internal sealed class ResultsTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
}
