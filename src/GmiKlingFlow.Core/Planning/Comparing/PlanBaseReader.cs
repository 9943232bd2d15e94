using System.Security;
using System.Text.Json;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Core.Planning.Comparing;

/// <summary>Reads a plan or a results manifest as a base for comparison. Takes from it what it has, whoever wrote it.</summary>
public static class PlanBaseReader
{
    /// <param name="path">Absolute.</param>
    /// <param name="name">As given, for people.</param>
    /// <returns>The base, or why the file is of no use: a clause for people.</returns>
    public static (PlanBase? Base, string? Problem) Read(string path, string name)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var document = JsonDocument.Parse(file);
            return (Of(document.RootElement, name), null);
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

    private static PlanBase Of(JsonElement root, string name)
    {
        var kind = Text(root, "kind") switch
        {
            "Plan" => PlanBaseKind.Plan,
            "Results" => PlanBaseKind.Results,
            _ => throw new FormatException("it is neither a plan nor results"),
        };
        if (Text(root, "apiVersion") != "gmiklingflow/v1")
        {
            throw new FormatException("it is of another version");
        }

        if (!root.TryGetProperty("jobs", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException("it has no list of jobs");
        }

        var jobs = list.EnumerateArray().Select(job => Job(job, kind)).OfType<BaseJob>().ToList();
        return new PlanBase(kind, name, root.TryGetProperty("flow", out var flow) ? Text(flow, "name") : null, jobs);
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
        var members = entries.Select(Members).ToList();
        return new BaseJob(id, key, Text(job, "video") ?? "", Labels(job))
        {
            Output = kind == PlanBaseKind.Plan ? Text(job, "output") : null,
            Entries = members.Count == 0 ? null : members,
            IsBlocked = standing == "blocked",
        };
    }

    private static IReadOnlyList<KeyValuePair<string, string>> Labels(JsonElement job) =>
        job.TryGetProperty("labels", out var labels) && labels.ValueKind == JsonValueKind.Object
            ? [.. labels.EnumerateObject().DistinctBy(static label => label.Name).Select(static label => KeyValuePair.Create(label.Name, label.Value.ToString()))]
            : [];

    // Null is what was not known.
    private static IReadOnlyDictionary<string, string> Members(JsonElement entry) => entry.ValueKind != JsonValueKind.Object
        ? new Dictionary<string, string>()
        : entry.EnumerateObject().Where(static member => member.Value.ValueKind != JsonValueKind.Null)
            .DistinctBy(static member => member.Name)
            .ToDictionary(static member => member.Name, static member => member.Value.ToString(), StringComparer.Ordinal);

    private static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
