using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Templating;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Templating;

public sealed class HostileTemplateTests
{
    public static TheoryData<string, string> Deep => new()
    {
        { "brackets", "{{ " + new string('(', 100_000) },
        { "closed brackets", "{{ " + new string('(', 100_000) + "1" + new string(')', 100_000) + " }}" },
        { "lists", "{{ " + new string('[', 100_000) },
        { "maps", "{{ " + string.Concat(Enumerable.Repeat("{a:", 100_000)) },
        { "signs", "{{ " + string.Concat(Enumerable.Repeat("- ", 100_000)) + "vars" },
        { "nots", "{{ " + string.Concat(Enumerable.Repeat("not ", 100_000)) + "1" },
        { "bangs", "{{ " + new string('!', 100_000) + "1 }}" },
        { "sums", "{{ 1" + string.Concat(Enumerable.Repeat(" + 1", 100_000)) + " }}" },
        { "conditions", "{{ " + string.Concat(Enumerable.Repeat("1 ? 1 : ", 100_000)) + "1 }}" },
        { "then branches", "{{ " + string.Concat(Enumerable.Repeat("1 ? ", 100_000)) + "1 }}" },
        { "members", "{{ vars" + string.Concat(Enumerable.Repeat(".a", 100_000)) + " }}" },
        { "indexes", "{{ vars" + string.Concat(Enumerable.Repeat("[0]", 100_000)) + " }}" },
        { "nested indexes", "{{ " + string.Concat(Enumerable.Repeat("vars[", 100_000)) + " }}" },
        { "pipes", "{{ 1" + string.Concat(Enumerable.Repeat(" | math.abs", 100_000)) + " }}" },
        { "calls", "{{ " + string.Concat(Enumerable.Repeat("math.abs(", 100_000)) + " }}" },
        { "bare calls", "{{ " + string.Concat(Enumerable.Repeat("math.abs ", 100_000)) + "1 }}" },
        { "coalesces", "{{ null" + string.Concat(Enumerable.Repeat(" ?? null", 100_000)) + " }}" },
        { "residual text", string.Concat(Enumerable.Repeat("{{ face.id }}", 1000)) },
    };

    [Theory]
    [MemberData(nameof(Deep))]
    public void Evaluate_VeryDeep_IsADiagnostic(string what, string template)
    {
        var run = new TemplateCase();
        Assert.True(run.Run(template) is null or TemplateResult.Failed, what);
        Assert.All(run.Diagnostics, d => Assert.True(d.Code is "GKF3011" or "GKF3109" or "GKF3001", d.Message));
        Assert.True(run.Diagnostics.HasErrors, what);
    }

    [Theory]
    [InlineData("'a' * 1000000000")]
    [InlineData("'a' * 9000000000000000000")]
    [InlineData("('a' * 999999) + 'bc'")]
    [InlineData("1..1000000000")]
    [InlineData("-9223372036854775808..9223372036854775807")]
    [InlineData("'a' | string.pad_left 2000000000")]
    [InlineData("'a' | string.pad_right 9223372036854775807")]
    [InlineData("'a' * 10000 | string.replace 'a' ('b' * 10000)")]
    [InlineData("[] | array.insert_at 9223372036854775807 1")]
    [InlineData("1..90000 | array.join ('x' * 1000)")]
    [InlineData("(1..1000 | array.join '' ) * 500 | string.split '1' | array.join ('y' * 900)")]
    [InlineData("[1..40000, 1..40000, 1..40000]")]
    [InlineData("1..20000 | array.uniq")]
    [InlineData("'a' * 9000 | regex.replace `a` '$&$&$_$_$_$_$_$_$_$_$_'")]
    [InlineData("['a' * 999999, 'b' * 999999, 'c' * 999999, 'd' * 999999, 'e' * 999999, 'f' * 999999, 'g' * 999999, 'h' * 999999, 'i' * 999999, 'j' * 999999, 'k' * 999999]")]
    public void Evaluate_BlowUp_IsADiagnostic(string expression)
    {
        var problem = TemplateCase.Problem($"{{{{ {expression} }}}}");
        Assert.True(problem.Code is "GKF3201" or "GKF3202", problem.Message);
    }

    [Theory]
    [InlineData("7 | math.format 'D999999999'")]
    [InlineData("7 | math.format 'q'")]
    [InlineData("7.5 | math.format 'D'")]
    [InlineData("1 | math.round 99")]
    [InlineData("'a' | regex.match `(`")]
    [InlineData("'a' | regex.match `(?=a)`")]
    [InlineData(@"'a' | regex.match `(a)\1`")]
    [InlineData("'a' | regex.match `a` 'q'")]
    [InlineData("'a' | regex.match `((((((a{1,999}){1,999}){1,999}){1,999}){1,999}){1,999})`")]
    [InlineData("'!' | string.base64_decode")]
    [InlineData("'a' | string.replace '' 'b'")]
    [InlineData("'abc' | string.index_of 'a' 9")]
    [InlineData("date.parse 'yesterday'")]
    [InlineData("date.parse '1' '%Q'")]
    [InlineData("date.parse '31' '%d.%m'")]
    [InlineData("date.parse '2026-01-31' | date.add_days 1e300")]
    [InlineData("date.parse '2026-01-31' | date.add_months -9223372036854775808")]
    [InlineData("date.parse '2026-01-31' | date.add_years (-9000)")]
    [InlineData("timespan.from_days 1e300")]
    [InlineData("(timespan.from_days 10000000) + (date.parse '2026-01-31')")]
    [InlineData("(date.parse '9999-12-31') + (timespan.from_days 2)")]
    [InlineData("timespan.parse 'x'")]
    [InlineData("ms('x')")]
    [InlineData("ms(null)")]
    [InlineData("ms(1e300)")]
    [InlineData("9223372036854775807 + 1")]
    [InlineData("-9223372036854775808 // -1")]
    [InlineData("-(-9223372036854775808)")]
    [InlineData("math.abs -9223372036854775808")]
    [InlineData("math.abs (-9223372036854775808)")]
    [InlineData("1e308 * 10.0")]
    [InlineData("1.0e308 * 10")]
    [InlineData("1 / 0")]
    [InlineData("1 % 0")]
    [InlineData("1 // 0")]
    [InlineData("1.5 % 0")]
    [InlineData("1e400")]
    [InlineData("99999999999999999999")]
    [InlineData("0x")]
    [InlineData("1.0f")]
    [InlineData("[1, 'a'] | array.sort")]
    [InlineData("[[1]] | array.sort")]
    [InlineData("'abc' | array.first")]
    [InlineData("-'a'")]
    [InlineData("-null")]
    [InlineData("[1] < [2]")]
    [InlineData("1 < [2]")]
    [InlineData("vars[null]")]
    [InlineData("vars.list['0']")]
    [InlineData("@string.upcase")]
    [InlineData("[1] | array.each string.upcase")]
    [InlineData("[1] | array.each 'x'")]
    [InlineData("1 | string.append @string.upcase")]
    [InlineData("'\ud800' + \ud800")]
    [InlineData("\"\\uZZZZ\"")]
    [InlineData("a ?! b")]
    [InlineData("$'x'")]
    [InlineData("string")]
    [InlineData("string.")]
    [InlineData("{a}")]
    [InlineData("{1: 2}")]
    [InlineData("vars.")]
    [InlineData("1 | 2")]
    [InlineData("1 |")]
    [InlineData("x = 1")]
    [InlineData("vars.a++")]
    [InlineData("1; 2")]
    [InlineData("and")]
    [InlineData("1 2")]
    [InlineData(")")]
    public void Evaluate_Nonsense_IsOneDiagnostic(string expression) =>
        Assert.Equal(Severity.Error, TemplateCase.Problem($"{{{{ {expression} }}}}").Severity);

    [Fact]
    public void Evaluate_HalfASurrogate_IsText() => Assert.Equal("\"\\\"\\ufffd\\\"\"", TemplateCase.Shown(@"{{ '\ud800' | object.to_json | string.replace '\\uFFFD' '\ufffd' }}").Replace("\ufffd", "\\ufffd", StringComparison.Ordinal));

    [Fact]
    public void Evaluate_OwnLimits_AreKept()
    {
        Assert.Equal("GKF3201", TemplateCase.Problem("{{ 1 + 2 + 3 }}", new TemplateLimits(Steps: 4, Depth: 100, OutputLength: 100)).Code);
        Assert.Equal("GKF3202", TemplateCase.Problem("{{ 'abc' + 'def' }}", new TemplateLimits(Steps: 100, Depth: 100, OutputLength: 5)).Code);
        Assert.Equal("GKF3202", TemplateCase.Problem("abc{{ 'def' }}", new TemplateLimits(Steps: 100, Depth: 100, OutputLength: 5)).Code);
        Assert.Equal("GKF3011", TemplateCase.Problem("{{ 1 + (2 + (3 + (4 + 5))) }}", new TemplateLimits(Steps: 100, Depth: 1, OutputLength: 5)).Code);
    }

    [Fact]
    public void DateNow_WithAClock_IsItsTime()
    {
        var clock = new GmiKlingFlow.Testing.ManualTimeProvider();
        var result = new TemplateCase().Run("{{ date.now | date.to_string '%F %T' }}", TemplateCase.Scope with { Clock = clock });
        Assert.Equal(new TemplateResult.Value(TemplateCase.Text("2026-01-01 00:00:00")), result);
    }
}
