using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Templating.Functions;

/// <summary>All functions by group and name. A group is made when it is first asked for: most flows use few.</summary>
internal static class FunctionTable
{
    private static readonly string[] Groups = ["array", "date", "math", "object", "regex", "string", "timespan"];

    public static IEnumerable<Function> All => Groups.Append("").SelectMany(g => Group(g) ?? []);

    public static bool IsGroup(string name) => name is "array" or "date" or "math" or "object" or "regex" or "string" or "timespan";

    /// <param name="group">Empty for functions that stand by themselves.</param>
    public static Function? Find(string group, string name)
    {
        foreach (var function in Group(group) ?? [])
        {
            if (string.Equals(function.Name, name, StringComparison.Ordinal))
            {
                return function;
            }
        }

        return null;
    }

    /// <summary>A function that is there by construction.</summary>
    public static Function Known(string group, string name) =>
        Find(group, name) ?? throw new InvalidOperationException($"The function table has no {group}.{name}.");

    /// <param name="written">With or without its group.</param>
    public static string? Nearest(string written)
    {
        var bare = written[(written.IndexOf('.', StringComparison.Ordinal) + 1)..];
        if (All.FirstOrDefault(f => f.Name == bare) is { } elsewhere)
        {
            return elsewhere.FullName;
        }

        // The group alone must not make two names look alike: "math.uuid" is not "math.ceil".
        var group = written[..^bare.Length];
        return NearestName.Of(bare, All.Where(f => group.Length == 0 || f.FullName.StartsWith(group, StringComparison.Ordinal)).Select(f => f.Name)) is { } near
            ? All.First(f => f.Name == near && (group.Length == 0 || f.FullName.StartsWith(group, StringComparison.Ordinal))).FullName
            : NearestName.Of(written, All.Select(f => f.FullName).Where(name => !name.StartsWith(group, StringComparison.Ordinal)));
    }

    private static Function[]? Group(string name) => name switch
    {
        "" => DurationFunctions.All,
        "array" => ArrayFunctions.All,
        "date" => DateFunctions.All,
        "math" => MathFunctions.All,
        "object" => ObjectFunctions.All,
        "regex" => RegexFunctions.All,
        "string" => StringFunctions.All,
        "timespan" => TimespanFunctions.All,
        _ => null,
    };
}
