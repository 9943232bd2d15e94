using System.Security;
using System.Text.Json;

namespace GmiKlingFlow.Runtime.Results;

/// <summary>What came of reading a results manifest.</summary>
public abstract record ResultsReading
{
    private ResultsReading()
    {
    }

    public sealed record Read(RunResults Results) : ResultsReading;

    /// <param name="Reason">A clause such as <c>it is empty</c>.</param>
    public sealed record Unusable(string Reason) : ResultsReading;
}

/// <summary>Reads <c>results.json</c> of this release and older ones. The file may come from anywhere: what it says is taken for nothing but text.</summary>
public static class ResultsReader
{
    /// <summary>Twice what a hundred thousand jobs take.</summary>
    public const long LargestFile = 512L * 1024 * 1024;

    public static ResultsReading Of(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                return Unusable("it is a folder");
            }

            // Devices and pipes have no length either: none is opened.
            var length = new FileInfo(path).Length;
            if (length == 0)
            {
                return Unusable("it is empty");
            }

            if (length > LargestFile)
            {
                return Unusable("it is larger than 512 MB");
            }

            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return JsonSerializer.Deserialize(file, ResultsJson.Default.RunResults) is { } results && IsWhole(results)
                ? new ResultsReading.Read(results)
                : Unusable("it is JSON, but not of a run's results");
        }
        catch (JsonException e)
        {
            return Unusable(path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) ? "it is not JSON; name the results.json beside it" : Told(e));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Unusable("there is no such file");
        }
        catch (Exception e) when (e is UnauthorizedAccessException or SecurityException)
        {
            return Unusable("access is denied");
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            return Unusable("it can't be opened");
        }
    }

    private static ResultsReading.Unusable Unusable(string reason) => new(reason);

    private static string Told(JsonException e) => e.LineNumber is { } line
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"it is not a results manifest (line {line + 1}, column {(e.BytePositionInLine ?? 0) + 1})")
        : "it is not a results manifest";

    // The deserialiser gives null for what is missing, whatever the types say.
    private static bool IsWhole(RunResults results) =>
        results is { ApiVersion: "gmiklingflow/v1", Kind: "Results", Flow: { File: not null, Sha256: not null }, Run: { Id: not null }, Jobs: { } jobs, Summary: not null }
        && jobs.All(static job => job is { Id: not null, Key: not null, Labels: not null, Video: not null, Faces: not null, Steps: { } steps }
            && steps.All(static step => step is { Model: not null, Status: not null, Cost: not null })
            && job.Output is null or { File: not null, Sha256: not null })
        && results.Inputs.All(static input => input is { File: not null } or { Url: not null });
}
