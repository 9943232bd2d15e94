using System.Security;
using System.Text.Json;
using GmiKlingFlow.Core.Documents;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Core.Planning.Comparing;

/// <summary>Reads a plan or a results manifest as a base for comparison. Takes from it what it has, whoever wrote it.</summary>
public static class PlanBaseReader
{
    // Several times what a hundred thousand jobs take.
    private const long LargestFile = 1L << 30;

    /// <param name="path">Absolute.</param>
    /// <param name="name">As given, for people.</param>
    /// <returns>The base, or why the file is of no use: a clause for people.</returns>
    public static (PlanBase? Base, string? Problem) Read(string path, string name)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return file.Length > LargestFile ? (null, "it is larger than 1 GB") : (Of(file, name), null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, "there is no such file");
        }
        catch (JsonException e)
        {
            return (null, $"it is not JSON (line {e.LineNumber + 1})");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SecurityException or NotSupportedException or ArgumentException)
        {
            return (null, "it can't be opened");
        }
        catch (FormatException e)
        {
            return (null, e.Message);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, escaped: valid JSON, and no text.
            return (null, "it holds half of a character");
        }
    }

    /// <summary>Job by job: of a hundred thousand only what is compared is held.</summary>
    private static PlanBase Of(FileStream file, string name)
    {
        PlanBaseKind? told = null;
        while (true)
        {
            file.Position = 0;
            var (reader, jobs, kind, problem) = (new LongListReader(file, "jobs"), new List<BaseJob>(), told, (Exception?)null);
            LongListPart part;
            while ((part = reader.Read()) != LongListPart.End)
            {
                if (part == LongListPart.ListStart)
                {
                    jobs.Clear();
                    (kind, problem) = (told ?? KindIn(reader.Head), null);
                }
                else if (kind is { } known && problem is null)
                {
                    problem = Add(reader.Item, known, jobs);
                }
            }

            using var document = JsonDocument.Parse(reader.Head);
            var root = document.RootElement;
            told = Kind(root) ?? throw new FormatException("it is neither a plan nor results");
            if (Text(root, "apiVersion") != "gmiklingflow/v1")
            {
                throw new FormatException("it is of another version");
            }

            if (!root.TryGetProperty("jobs", out var list) || list.ValueKind != JsonValueKind.Array)
            {
                throw new FormatException("it has no list of jobs");
            }

            // Else what kind of jobs they are stands behind them: once more, knowing it.
            if (kind == told)
            {
                return problem is null
                    ? new PlanBase(told.Value, name, root.TryGetProperty("flow", out var flow) ? Text(flow, "name") : null, jobs)
                    : throw problem;
            }
        }
    }

    private static PlanBaseKind? KindIn(ReadOnlyMemory<byte> head)
    {
        using var document = JsonDocument.Parse(head);
        return Kind(document.RootElement);
    }

    private static PlanBaseKind? Kind(JsonElement root) => Text(root, "kind") switch
    {
        "Plan" => PlanBaseKind.Plan,
        "Results" => PlanBaseKind.Results,
        _ => null,
    };

    /// <returns>Why the job is none: told only when the rest turns out to be whole.</returns>
    private static Exception? Add(ReadOnlyMemory<byte> item, PlanBaseKind kind, List<BaseJob> jobs)
    {
        using var document = JsonDocument.Parse(item);
        try
        {
            jobs.AddRange(Job(document.RootElement, kind) is { } job ? [job] : []);
            return null;
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            return e;
        }
    }

    /// <returns>Null for a job that was skipped: nothing of it was planned or done.</returns>
    private static BaseJob? Job(JsonElement job, PlanBaseKind kind)
    {
        var standing = Text(job, kind == PlanBaseKind.Plan ? "action" : "status");
        if (standing is "skip" or "skipped")
        {
            return null;
        }

        var (id, key) = (Text(job, "id"), Text(job, "key"));
        if (id is null || key is null)
        {
            throw new FormatException("one of its jobs has no id or no key");
        }

        var entries = kind == PlanBaseKind.Plan
            ? Items(job, "steps").Where(static step => Text(step, "model") == ModelNames.LipSync && step.TryGetProperty("payload", out _))
                .SelectMany(static step => Items(step.GetProperty("payload"), "face_choose"))
            : Items(job, "faces");
        return new BaseJob(id, key, Text(job, "video") ?? "", Labels(job))
        {
            Output = kind == PlanBaseKind.Plan ? Text(job, "output") : null,
            Entries = BaseEntries.Of(entries),
            IsBlocked = standing == "blocked",
        };
    }

    private static IReadOnlyList<KeyValuePair<string, string>> Labels(JsonElement job) =>
        job.TryGetProperty("labels", out var labels) && labels.ValueKind == JsonValueKind.Object
            ? [.. labels.EnumerateObject().DistinctBy(static label => label.Name).Select(static label => KeyValuePair.Create(label.Name, label.Value.ToString()))]
            : [];

    private static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
