using System.Security;
using System.Text.Json;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Planning.Comparing;
using GmiKlingFlow.Core.Planning.Keys;

namespace GmiKlingFlow.Core.Planning.Saving;

/// <summary>A plan that was written with <c>-o</c>: what is needed to make it again, and its bytes to compare with.</summary>
/// <param name="File">The plan's own path as given.</param>
/// <param name="FlowFile">The flow's path as it was shown when the plan was made.</param>
/// <param name="FlowSha256">Of the flow file's bytes at that time.</param>
public sealed record SavedPlan(string File, string FlowFile, string FlowSha256, PlanOrigin Origin, ReadOnlyMemory<byte> Content)
{
    /// <summary>Lower-case hex over the whole file: what the state remembers of a plan that is used up.</summary>
    public string Sha256 { get; } = ContentIdentity.Hex(Content.Span);

    /// <summary>The estimate it was saved with; zero where it names none.</summary>
    public decimal EstimatedUsd => PlanWithoutPrices.EstimateIn(Content);

    /// <returns>Null, with a diagnostic, where the file can't be read or is no saved plan.</returns>
    public static SavedPlan? Read(string path, DiagnosticBag diagnostics)
    {
        try
        {
            var content = System.IO.File.ReadAllBytes(path);
            using var document = JsonDocument.Parse(content);
            return Of(path, document.RootElement, content);
        }
        catch (FileNotFoundException)
        {
            diagnostics.Add(PlanDiagnostics.SavedPlanUnreadable(path, "there is no such file"));
        }
        catch (JsonException e)
        {
            diagnostics.Add(PlanDiagnostics.SavedPlanUnreadable(path, $"it is not JSON (line {e.LineNumber + 1})"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SecurityException or NotSupportedException or ArgumentException)
        {
            diagnostics.Add(PlanDiagnostics.SavedPlanUnreadable(path, "it can't be opened"));
        }
        catch (FormatException e)
        {
            diagnostics.Add(PlanDiagnostics.SavedPlanUnreadable(path, e.Message));
        }

        return null;
    }

    /// <returns>Whether a file is a plan, whoever made it, rather than a flow or anything else; false where it can't be read.</returns>
    public static bool IsPlan(string path)
    {
        try
        {
            // A flow may be JSON too, and a large one: a look at the beginning tells most of them apart.
            using var file = System.IO.File.OpenRead(path);
            int first;
            while ((first = file.ReadByte()) is ' ' or '\t' or '\r' or '\n')
            {
            }

            if (first != '{')
            {
                return false;
            }

            file.Position = 0;
            using var document = JsonDocument.Parse(file);
            return Text(document.RootElement, "kind") == "Plan";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SecurityException or NotSupportedException or ArgumentException or JsonException)
        {
            return false;
        }
    }

    /// <summary>Holds the saved bytes against the same plan made again. Equal but for prices: nothing that decides what is sent has changed. What it costs is the budget's business.</summary>
    /// <returns>What changed, for people; empty when nothing did.</returns>
    public IReadOnlyList<string> Differences(Plan now)
    {
        using var again = new MemoryStream(Content.Length);
        PlanJson.Write(again, now, Origin);
        if (again.GetBuffer().AsSpan(0, (int)again.Length).SequenceEqual(Content.Span))
        {
            return [];
        }

        using var before = JsonDocument.Parse(PlanWithoutPrices.Of(Content.Span));
        using var after = JsonDocument.Parse(PlanWithoutPrices.Of(again.GetBuffer().AsSpan(0, (int)again.Length)));
        return JsonElement.DeepEquals(before.RootElement, after.RootElement) ? [] : PlanDifferences.Between(before.RootElement, after.RootElement);
    }

    /// <summary>What of the flow itself differs, whatever has been done of the plan since: text, jobs, their inputs and outputs.</summary>
    /// <returns>For people; empty when nothing does.</returns>
    public IReadOnlyList<string> FlowDifferences(Plan now)
    {
        using var again = new MemoryStream(Content.Length);
        PlanJson.Write(again, now, Origin);
        using var before = JsonDocument.Parse(Content);
        using var after = JsonDocument.Parse(again.GetBuffer().AsMemory(0, (int)again.Length));
        return PlanDifferences.OfFlow(before.RootElement, after.RootElement);
    }

    /// <summary>The ids of the jobs that the plan is about.</summary>
    public IReadOnlySet<string> JobIds()
    {
        using var saved = JsonDocument.Parse(Content);
        return Actions(saved.RootElement).Where(static job => job.Value is not ("skip" or "blocked")).Select(static job => job.Key).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>What is left to do of a plan whose run began already.</summary>
    /// <param name="now">The whole flow, planned with what the state knows now.</param>
    /// <param name="spent">Content keys of requests that runs of this plan have sent and that came to nothing: they are not sent again.</param>
    public Plan Remaining(Plan now, IReadOnlySet<string> spent)
    {
        using var saved = JsonDocument.Parse(Content);
        return PlanRemainder.Of(now, Actions(saved.RootElement), spent);
    }

    private static Dictionary<string, string> Actions(JsonElement plan)
    {
        var actions = new Dictionary<string, string>(StringComparer.Ordinal);
        if (plan.TryGetProperty("jobs", out var jobs) && jobs.ValueKind == JsonValueKind.Array)
        {
            foreach (var job in jobs.EnumerateArray())
            {
                actions[Text(job, "id") ?? ""] = Text(job, "action") ?? "";
            }
        }

        return actions;
    }

    private static SavedPlan Of(string path, JsonElement root, byte[] content)
    {
        if (root.ValueKind != JsonValueKind.Object || Text(root, "kind") != "Plan")
        {
            throw new FormatException("it is not a plan");
        }

        if (Text(root, "apiVersion") != "gmiklingflow/v1")
        {
            throw new FormatException("it is of another version");
        }

        if (!root.TryGetProperty("flow", out var flow) || Text(flow, "file") is not { } file || Text(flow, "sha256") is not { } sha256)
        {
            throw new FormatException("it does not say which flow it is of");
        }

        return root.TryGetProperty("inputs", out var inputs)
            ? new(path, file, sha256, PlanOrigin.Read(inputs), content)
            : throw new FormatException("it was printed, not saved");
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
