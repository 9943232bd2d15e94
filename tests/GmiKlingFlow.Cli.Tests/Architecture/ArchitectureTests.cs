using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Architecture;

/// <summary>The arrows of src/README.md, held against the sources.</summary>
public sealed partial class ArchitectureTests
{
    // Room -> the rooms it may use. A room that is missing here fails the test: give it its place.
    private static readonly Dictionary<string, string[]> CoreArrows = new(StringComparer.Ordinal)
    {
        ["Diagnostics"] = [],
        ["Documents"] = [],
        ["Timing"] = [],
        ["Media"] = ["Diagnostics"],
        ["Rendering"] = [],
        ["Templating"] = ["Diagnostics", "Timing"],
        ["Model"] = ["Diagnostics", "Timing", "Media", "Templating"],
        ["Rules"] = ["Diagnostics", "Timing", "Media", "Model"],
        ["Subtitles"] = ["Diagnostics", "Timing"],
        ["Manifests"] = ["Diagnostics", "Timing", "Media", "Templating", "Model", "Rules", "Subtitles"],
        ["Planning"] = ["Diagnostics", "Documents", "Timing", "Media", "Templating", "Model", "Rules"],
        ["Linting"] = ["Diagnostics", "Timing", "Model", "Rules", "Planning"],
        ["Rehearsing"] = ["Diagnostics", "Linting", "Manifests", "Media", "Model", "Planning", "Rules"],
    };

    private static readonly Dictionary<string, string[]> RuntimeArrows = new(StringComparer.Ordinal)
    {
        ["Queue"] = [],
        ["Downloads"] = ["Queue"],
        ["Sources"] = ["Queue"],
        ["Revisions"] = [],
        ["State"] = ["Queue"],
        ["Results"] = ["State", "Queue", "Downloads"],
        ["Faces"] = ["Downloads", "Results"],
        ["Previews"] = [],
        ["Verification"] = ["Downloads", "Results"],
        ["Execution"] = ["Queue", "Downloads", "State", "Results"],
    };

    [Fact]
    public void Core_References_NoNetworkAndNoDatabase()
    {
        string[] spending = ["System.Net.Http", "System.Net.Sockets", "System.Net.Requests", "Microsoft.Data.Sqlite", "Flurl", "Microsoft.AspNetCore", "System.Net.WebClient"];
        var references = typeof(Core.Model.Flow).Assembly.GetReferencedAssemblies().Select(a => a.Name ?? "").ToList();

        Assert.NotEmpty(references);
        Assert.DoesNotContain(references, name => spending.Any(s => name.StartsWith(s, StringComparison.Ordinal)));
    }

    [Fact]
    public void Runtime_References_NoTerminalAndNoSimulator()
    {
        var references = typeof(Runtime.Queue.IRequestQueue).Assembly.GetReferencedAssemblies().Select(a => a.Name ?? "");

        Assert.DoesNotContain(references, name => name is "System.Console" or "GmiKlingFlow.Simulator");
    }

    [Fact]
    public void Simulator_References_NoRuntime()
    {
        var references = Assembly.Load("GmiKlingFlow.Simulator").GetReferencedAssemblies().Select(a => a.Name ?? "");

        Assert.DoesNotContain("GmiKlingFlow.Runtime", references);
    }

    [Fact]
    public void Rooms_Use_OnlyTheRoomsTheyMay() =>
        AssertNone(Arrows("GmiKlingFlow.Core", CoreArrows).Concat(Arrows("GmiKlingFlow.Runtime", RuntimeArrows)));

    [Fact]
    public void Namespaces_Equal_Folders() =>
        AssertNone(
            from file in SourceFile.All
            where file.Namespace is not null
            let expected = file.Room.Length == 0 ? file.Project : $"{file.Project}.{file.Room}"
            where file.Namespace != expected
            select $"{file.Name}: namespace {file.Namespace}, folder {expected}");

    [Fact]
    public void Rooms_Names_TellWhatBelongsThere() =>
        AssertNone(SourceFile.All.Where(f => VagueName().IsMatch(f.Name)).Select(f => f.Name));

    [Fact]
    public void Files_Length_FitsTheHouse() =>
        AssertNone(
            from file in SourceFile.All
            let lines = file.Text.Split('\n').Length
            where lines > 301
            select $"{file.Name}: {lines - 1} lines");

    [Fact]
    public void Clock_IsInjected_Everywhere() => AssertNone(Lines(StaticClock()));

    [Fact]
    public void Console_HasOneDoorway() =>
        AssertNone(Lines(ConsoleUse()).Where(l => !l.StartsWith("GmiKlingFlow.Cli/Hosting/", StringComparison.Ordinal) && !l.StartsWith("GmiKlingFlow.Cli/Program.cs", StringComparison.Ordinal)));

    [Fact]
    public void Flurl_IsConfined_ToQueueAndDownloads() =>
        AssertNone(
            from file in SourceFile.All
            where file.Usings.Any(u => u.StartsWith("Flurl", StringComparison.Ordinal))
            where !file.Name.StartsWith("GmiKlingFlow.Runtime/Queue/", StringComparison.Ordinal) && !file.Name.StartsWith("GmiKlingFlow.Runtime/Downloads/", StringComparison.Ordinal)
            select file.Name);

    private static IEnumerable<string> Arrows(string project, Dictionary<string, string[]> allowed) =>
        from file in SourceFile.All
        where file.Project == project && file.Room.Length > 0
        let room = file.Room.Split('.')[0]
        from used in file.Usings.Where(u => u.StartsWith(project + ".", StringComparison.Ordinal)).Select(u => u[(project.Length + 1)..].Split('.')[0])
        where used != room && !(allowed.TryGetValue(room, out var may) && may.Contains(used))
        select $"{file.Name} uses {project}.{used}";

    private static IEnumerable<string> Lines(Regex forbidden) =>
        from file in SourceFile.All
        from line in file.CodeLines
        where forbidden.IsMatch(line.Line)
        select $"{file.Name}:{line.Number}: {line.Line.Trim()}";

    private static void AssertNone(IEnumerable<string> offenders)
    {
        var list = offenders.Distinct().ToList();
        Assert.True(list.Count == 0, $"{list.Count} offenders:\n{string.Join('\n', list)}");
    }

    [GeneratedRegex(@"/(Helpers?|Utils?|Common|Managers?|Misc)(/|\.cs$)|(Helper|Utils|Manager)\.cs$")]
    private static partial Regex VagueName();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?Now\b|\bDateTime\.Today\b|\bThread\.Sleep\b|\bTask\.Delay\((?![^)]*\b(run\.Time|time|clock|timeProvider)\b)|\bStopwatch\.(StartNew|GetTimestamp)\b|\bRandom\.Shared\b")]
    private static partial Regex StaticClock();

    [GeneratedRegex(@"(?<![\w.])Console\.")]
    private static partial Regex ConsoleUse();
}
