using Microsoft.Playwright;
using Xunit;

namespace GmiKlingFlow.Report.Tests;

/// <summary>The report without a mouse.</summary>
public sealed class KeyboardTests(ReportBrowser browser)
{
    [Fact]
    public async Task Keys_SearchMoveOpenAndClose_Work()
    {
        await using var report = await browser.OpenAsync(browser.Batch);
        var keyboard = report.Page.Keyboard;

        await keyboard.PressAsync("/");
        await keyboard.TypeAsync("scene-002");
        Assert.Equal("10 of 1,000 jobs", await report.Count.InnerTextAsync());

        await keyboard.PressAsync("ArrowDown");
        await keyboard.PressAsync("j");
        Assert.Equal("scene-002-en", await FocusAsync(report));
        await keyboard.PressAsync("Enter");
        Assert.Equal("true", await report.Row("scene-002-en").Locator(".open").GetAttributeAsync("aria-expanded"));

        await keyboard.PressAsync("Tab");
        await keyboard.PressAsync("Tab");
        await keyboard.PressAsync("Tab");
        await keyboard.PressAsync("Escape");
        Assert.Equal(0, await report.Page.Locator(".details").CountAsync());
        Assert.Equal("scene-002-en", await FocusAsync(report));

        await keyboard.PressAsync("?");
        Assert.True(await report.Page.GetByRole(AriaRole.Dialog).IsVisibleAsync());
        await keyboard.PressAsync("Escape");
        Assert.False(await report.Page.GetByRole(AriaRole.Dialog).IsVisibleAsync());
        report.AssertCalm();
    }

    private static Task<string> FocusAsync(OpenReport report) => report.Page.EvaluateAsync<string>("() => document.activeElement.textContent");
}
