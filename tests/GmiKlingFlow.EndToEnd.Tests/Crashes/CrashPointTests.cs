using Xunit;

namespace GmiKlingFlow.EndToEnd.Tests.Crashes;

/// <summary>The program is killed at each named point of the protocol, and started again until it is done: nothing is paid for twice, nothing is lost.</summary>
public sealed class CrashPointTests(CrashMedia media)
{
    public static TheoryData<string> Points => [.. CrashPoint.All.Select(p => p.Name).Where(name => !IsSettling(name))];

    public static TheoryData<string> SettlingPoints => [.. CrashPoint.All.Select(p => p.Name).Where(IsSettling)];

    [Theory]
    [MemberData(nameof(Points))]
    public async Task Run_KilledTwiceAtPoint_PaysOnceAndDeliversAll(string name)
    {
        await using var site = await CrashSite.OpenAsync(media);
        var point = CrashPoint.All.Single(p => p.Name == name);

        Assert.True(await site.KillAtAsync(point), $"\"{name}\" was never reached.\n{site.Story}");
        await site.KillAtAsync(point);
        await site.FinishAsync();
    }

    [Theory]
    [MemberData(nameof(SettlingPoints))]
    public async Task Run_KilledWhileItSettles_PaysOnceAndDeliversAll(string name)
    {
        await using var site = await CrashSite.OpenAsync(media);
        foreach (var lost in CrashPoint.All.Where(p => p.Name.Contains("POST", StringComparison.Ordinal) || p.Name.Contains("not answered", StringComparison.Ordinal)))
        {
            if (await site.KillAtAsync(lost) && lost.Name.Contains("sync", StringComparison.Ordinal))
            {
                Assert.True(await site.KillAtAsync(CrashPoint.All.Single(p => p.Name == name)), $"Nothing was settled after \"{lost}\".\n{site.Story}");
            }
        }

        await site.FinishAsync();
    }

    private static bool IsSettling(string name) => name.StartsWith("settling", StringComparison.Ordinal);
}
