using System.Text.Json;
using System.Text.Json.Serialization;
using GmiKlingFlow.Core.Documents;

namespace GmiKlingFlow.Runtime.Results;

/// <summary>What decides whether the results that lie in a folder are kept when others take their place.</summary>
/// <param name="HasWork">Whether one of its jobs was more than skipped.</param>
internal sealed record EarlierResults(EarlierRun? Run, bool HasWork)
{
    /// <summary>Whether a service that costs money worked for these jobs.</summary>
    public bool IsReal => HasWork && CanBeReal(Run);

    /// <summary>Reads no further than it takes to know: mostly to the first job.</summary>
    /// <exception cref="JsonException">As far as it was read, it is not a manifest.</exception>
    public static EarlierResults Read(string json)
    {
        using var file = new FileStream(json, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var reader = new LongListReader(file, ResultsWriter.JobsName);
        var found = new EarlierResults(null, HasWork: false);
        while (true)
        {
            switch (reader.Read())
            {
                case LongListPart.ListStart:
                    found = new EarlierResults(RunIn(reader), HasWork: false);
                    if (found.Run is not null && !CanBeReal(found.Run))
                    {
                        return found;
                    }

                    break;
                case LongListPart.Item:
                    found = found with { HasWork = found.HasWork || IsWork(reader) };
                    if (found.IsReal)
                    {
                        return found;
                    }

                    break;
                default:
                    // Another program may have written the run behind the jobs.
                    return found with { Run = RunIn(reader) };
            }
        }
    }

    private static bool CanBeReal(EarlierRun? run) => run is { Id: not null, Simulated: false };

    private static EarlierRun? RunIn(LongListReader reader) => JsonSerializer.Deserialize(reader.Head.Span, EarlierJson.Default.EarlierHead)?.Run;

    private static bool IsWork(LongListReader reader) => JsonSerializer.Deserialize(reader.Item.Span, EarlierJson.Default.EarlierJob) is { Status: not (null or "skipped") };
}

internal sealed record EarlierHead(EarlierRun? Run);

internal sealed record EarlierRun(string? Id, string? Host, bool Simulated);

internal sealed record EarlierJob(string? Status);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(EarlierHead))]
[JsonSerializable(typeof(EarlierJob))]
internal sealed partial class EarlierJson : JsonSerializerContext;
