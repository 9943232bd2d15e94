using System.Text.Json;

namespace GmiKlingFlow.Core.Planning.Comparing;

/// <summary>Tells people why a saved plan is stale.</summary>
internal static class PlanDifferences
{
    private const int MostShown = 10;

    public static IReadOnlyList<string> Between(JsonElement before, JsonElement after)
    {
        var found = OfFiles(before, after);
        var jobs = Jobs(before);
        foreach (var job in after.GetProperty("jobs").EnumerateArray())
        {
            var id = job.GetProperty("id").GetString() ?? "";
            if (!jobs.Remove(id, out var was))
            {
                found.Add($"job \"{id}\" is new");
            }
            else if (Reason(was, job) is { } reason)
            {
                found.Add($"job \"{id}\": {reason}");
            }
        }

        found.AddRange(jobs.Keys.Select(id => $"job \"{id}\" is gone"));
        if (found.Count == 0)
        {
            found.Add(Same(before, after, "diagnostics") ? "the plan's own text changed" : "the diagnostics changed");
        }

        return found.Count <= MostShown ? found : [.. found.Take(MostShown), $"and {found.Count - MostShown} more"];
    }

    /// <summary>Only what the flow decides: a job's action, requests and cost change while a plan is carried out.</summary>
    public static IReadOnlyList<string> OfFlow(JsonElement before, JsonElement after)
    {
        var found = OfFiles(before, after);
        var jobs = Jobs(before);
        foreach (var job in after.GetProperty("jobs").EnumerateArray())
        {
            var id = Word(job, "id");
            if (!jobs.Remove(id, out var was))
            {
                found.Add($"job \"{id}\" is new");
            }
            else if (Word(was, "action") is not "skip" && FlowReason(was, job) is { } reason)
            {
                found.Add($"job \"{id}\": {reason}");
            }
        }

        found.AddRange(jobs.Keys.Select(id => $"job \"{id}\" is gone"));
        return found.Count <= MostShown ? found : [.. found.Take(MostShown), $"and {found.Count - MostShown} more"];
    }

    private static List<string> OfFiles(JsonElement before, JsonElement after)
    {
        var found = new List<string>();
        if (!Same(before, after, "flow"))
        {
            found.Add("the flow's text changed");
        }

        var (was, now) = (LockOf(before), LockOf(after));
        if (was != now)
        {
            found.Add(was is null ? "there is a faces lock now" : now is null ? "the faces lock is gone" : "the faces lock changed");
        }

        return found;
    }

    private static string? LockOf(JsonElement plan) =>
        plan.ValueKind == JsonValueKind.Object && plan.TryGetProperty("faces_lock", out var faces) ? Word(faces, "sha256") : null;

    private static string? FlowReason(JsonElement before, JsonElement after)
    {
        foreach (var name in new[] { "key", "output", "labels" })
        {
            if (!Same(before, after, name))
            {
                return name == "key" ? "its inputs changed" : $"its {name} changed";
            }
        }

        return null;
    }

    private static string? Reason(JsonElement before, JsonElement after)
    {
        if (JsonElement.DeepEquals(before, after))
        {
            return null;
        }

        if (!Same(before, after, "action"))
        {
            return $"was \"{Word(before, "action")}\", is now \"{Word(after, "action")}\" ({Word(after, "reason")})";
        }

        return FlowReason(before, after) ?? (Same(before, after, "steps") ? "its reason changed" : "its requests changed");
    }

    private static Dictionary<string, JsonElement> Jobs(JsonElement plan)
    {
        var jobs = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (plan.TryGetProperty("jobs", out var list) && list.ValueKind == JsonValueKind.Array)
        {
            foreach (var job in list.EnumerateArray())
            {
                jobs[Word(job, "id")] = job;
            }
        }

        return jobs;
    }

    private static string Word(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member.ToString() : "";

    private static bool Same(JsonElement before, JsonElement after, string name) =>
        before.ValueKind == JsonValueKind.Object && before.TryGetProperty(name, out var was) && after.TryGetProperty(name, out var now) && JsonElement.DeepEquals(was, now);
}
