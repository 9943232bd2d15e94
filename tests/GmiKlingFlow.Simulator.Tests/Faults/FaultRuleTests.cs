using GmiKlingFlow.Simulator.Faults;
using Xunit;

namespace GmiKlingFlow.Simulator.Tests.Faults;

public sealed class FaultRuleTests
{
    [Theory]
    [InlineData("POST /requests: 504-accepted every 7", FaultKind.GatewayTimeout, true, " every 7")]
    [InlineData("get /requests/{id}: 502-html 12.5%", FaultKind.BadGateway, false, " 12.5%")]
    [InlineData("* /storage/*: reset first 2", FaultKind.Reset, false, " first 2")]
    [InlineData("PUT /storage/*: 403", FaultKind.Forbidden, false, "")]
    [InlineData("POST /requests kling-lip-sync: stuck-queued at 1,5, 9", FaultKind.StuckQueued, false, " at 1,5,9")]
    [InlineData("POST /requests: timeout", FaultKind.Hang, false, "")]
    [InlineData("GET /requests: garbage-200-accepted", FaultKind.Garbage, true, "")]
    [InlineData("POST /upload-url: 500-backend-400 100%", FaultKind.BackendError, false, " 100%")]
    public void TryParse_GoodRule_IsRead(string text, FaultKind kind, bool accepted, string schedule)
    {
        Assert.True(FaultRule.TryParse(text, out var rule, out var error), error);
        Assert.Equal((kind, accepted, schedule), (rule.Kind, rule.Accepted, rule.Schedule.ToString()));
        Assert.Equal(text, rule.ToString());
    }

    [Theory]
    [InlineData("GET /models: slow 1.5s every 2", 1500)]
    [InlineData("GET /models: slow 250ms", 250)]
    [InlineData("GET /models: 429-retry-after 30 first 1", 30_000)]
    [InlineData("GET /models: slow", null)]
    [InlineData("GET /models: slow 50%", null)]
    public void TryParse_Delay_IsRead(string text, int? milliseconds)
    {
        Assert.True(FaultRule.TryParse(text, out var rule, out var error), error);
        Assert.Equal(milliseconds, (int?)rule.Delay?.TotalMilliseconds);
    }

    [Theory]
    [InlineData("", "has no \": \"")]
    [InlineData("POST /requests 504", "has no \": \"")]
    [InlineData("POST: 504", "is not METHOD PATH")]
    [InlineData("POST /requests a b: 504", "is not METHOD PATH")]
    [InlineData("FETCH /requests: 504", "\"FETCH\" is not a method")]
    [InlineData("POST requests: 504", "Start it with \"/\"")]
    [InlineData("GET /models kling-lip-sync: 504", "Leave it out")]
    [InlineData("POST /requests: ", "names no fault")]
    [InlineData("POST /requests: 504-acepted", "Did you mean \"504-accepted\"?")]
    [InlineData("POST /requests: 418", "is not a fault")]
    [InlineData("POST /requests: 401-accepted", "is not accepted")]
    [InlineData("GET /requests: stuck-queued", "Use it with \"POST /requests\"")]
    [InlineData("GET /requests: 504 every", "\"every\" says no calls")]
    [InlineData("GET /requests: 504 every 0", "says no calls")]
    [InlineData("GET /requests: 504 at 1,x", "says no calls")]
    [InlineData("GET /requests: 504 101%", "says no calls")]
    [InlineData("GET /requests: 504 NaN%", "says no calls")]
    [InlineData("GET /requests: 429-retry-after soon", "is not a number of seconds")]
    [InlineData("GET /requests: 429-retry-after", "is not a number of seconds")]
    [InlineData("GET /requests: slow 5parsecs", "is not a duration")]
    public void TryParse_BadRule_SaysWhatToWrite(string text, string expected)
    {
        Assert.False(FaultRule.TryParse(text, out var rule, out var error));
        Assert.Null(rule);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /requests", "GET", "/requests", true)]
    [InlineData("GET /requests", "GET", "/requests/1", false)]
    [InlineData("GET /requests/*", "GET", "/requests/1", true)]
    [InlineData("GET /requests/*", "GET", "/requests", false)]
    [InlineData("GET /requests/{id}", "GET", "/requests/1", true)]
    [InlineData("GET /requests/{id}", "GET", "/requests/1/2", false)]
    [InlineData("* /*", "PUT", "/storage/a/b", true)]
    [InlineData("GET /storage/*", "PUT", "/storage/a/b", false)]
    [InlineData("GET /storage/*/b", "GET", "/storage/a/b", true)]
    public void Matches_MethodAndPath_Decide(string target, string method, string path, bool expected)
    {
        Assert.True(FaultRule.TryParse($"{target}: 500", out var rule, out _));
        Assert.Equal(expected, rule.Matches(method, path, null));
    }

    [Fact]
    public void For_Share_IsTheSameForTheSameSeedAndAboutRight()
    {
        Assert.True(FaultRule.TryParse("GET /requests: 500 20%", out var rule, out _));
        var first = Hits(new FaultDecision([rule], 7));
        Assert.Equal(first, Hits(new FaultDecision([rule], 7)));
        Assert.NotEqual(first, Hits(new FaultDecision([rule], 8)));
        Assert.InRange(first.Count(hit => hit), 150, 250);

        static List<bool> Hits(FaultDecision decision) => [.. Enumerable.Range(0, 1000).Select(_ => decision.For("GET", "/requests", null) is not null)];
    }

    [Fact]
    public void For_TwoRules_FirstWinsAndBothCount()
    {
        Assert.True(FaultRule.TryParse("GET /requests: 500 every 2", out var even, out _));
        Assert.True(FaultRule.TryParse("GET /requests: 503 every 3", out var third, out _));
        var decision = new FaultDecision([even, third], 0);
        Assert.Equal(
            [null, even, third, even, null, even],
            Enumerable.Range(1, 6).Select(_ => decision.For("GET", "/requests", null)));
    }
}
