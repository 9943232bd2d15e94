using System.Text.Json;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Report.Tests;

/// <summary>Judged by axe-core, with everything open that can be.</summary>
public sealed class AccessibilityTests(ReportBrowser browser)
{
    private static readonly string Axe = RepositoryFolder.Combine("tests", "report-tools", "node_modules", "axe-core", "axe.min.js");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Axe_EveryReport_FindsNothingSerious(bool dark)
    {
        foreach (var (file, name) in new[] { (browser.Talk, "talk"), (browser.Few, "few"), (browser.Plan, "plan") })
        {
            await using var report = await browser.OpenAsync(file, dark);
            await report.Page.EvaluateAsync("() => document.querySelectorAll('.job.bad .open, .job.warn .open').forEach((button, i) => i < 2 && button.click())");
            await report.PictureAsync($"{name}-{(dark ? "dark" : "light")}", whole: true);

            // The page's own policy keeps scripts out that are put into it; evaluating is no such script.
            await report.Page.EvaluateAsync(await File.ReadAllTextAsync(Axe));
            var found = await report.Page.EvaluateAsync<JsonElement>(
                "async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.map(({ id, impact, nodes }) => ({ id, impact, where: nodes.slice(0, 5).map(node => node.html + ' ' + (node.any[0]?.message ?? '')).join('\\n') }))");

            var serious = found.EnumerateArray().Where(each => each.GetProperty("impact").GetString() is "serious" or "critical" or "moderate").Select(each => each.ToString()).ToList();
            Assert.True(serious.Count == 0, $"{name}:\n{string.Join('\n', serious)}");
        }
    }
}
