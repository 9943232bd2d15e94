using System.Globalization;
using System.Security;
using System.Text.Json;

namespace GmiKlingFlow.Runtime.Results;

/// <summary>What came of reading a results manifest.</summary>
public abstract record ResultsReading
{
    private ResultsReading()
    {
    }

    /// <param name="File">To be disposed of by whoever asked for it.</param>
    public sealed record Read(ResultsFile File) : ResultsReading;

    /// <param name="Reason">A clause such as <c>it is empty</c>.</param>
    public sealed record Unusable(string Reason) : ResultsReading;
}

/// <summary>Reads <c>results.json</c> of this release and older ones. The file may come from anywhere: what it says is taken for nothing but text.</summary>
public static class ResultsReader
{
    /// <summary>Twice what a hundred thousand jobs take.</summary>
    public const long LargestFile = 512L * 1024 * 1024;

    /// <summary>Goes through the whole file once, to know that it can be used.</summary>
    /// <param name="marks">Filled on the way, for who will merge the results; empty.</param>
    public static ResultsReading Of(string path, JobMarks? marks = null)
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

            return ResultsFile.Open(path, marks) is { } file ? new ResultsReading.Read(file) : Unusable("it is JSON, but not of a run's results");
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
        ? string.Create(CultureInfo.InvariantCulture, $"it is not a results manifest (line {line + 1}, column {(e.BytePositionInLine ?? 0) + 1})")
        : "it is not a results manifest";
}
