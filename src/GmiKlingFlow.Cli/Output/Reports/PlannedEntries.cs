using System.Globalization;
using System.Text.Json;

namespace GmiKlingFlow.Cli.Output.Reports;

/// <summary>The face entries of a planned job: those of each lip-sync's payload, with what of them is known only later.</summary>
internal static class PlannedEntries
{
    public static List<(JsonElement Entry, IReadOnlyList<string> Unknown)> Of(JsonElement job)
    {
        var entries = new List<(JsonElement, IReadOnlyList<string>)>();
        foreach (var step in job.List("steps"))
        {
            var unknown = step.List("unknown").Select(static pointer => pointer.Text() ?? "").ToList();
            var index = 0;
            foreach (var entry in (step.Member("payload") ?? default).List("face_choose"))
            {
                var prefix = string.Create(CultureInfo.InvariantCulture, $"/face_choose/{index++}/");
                entries.Add((entry, [.. unknown.Where(pointer => pointer.StartsWith(prefix, StringComparison.Ordinal)).Select(pointer => pointer[prefix.Length..])]));
            }
        }

        return entries;
    }
}
