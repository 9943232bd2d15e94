using FsCheck;
using FsCheck.Fluent;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Templating;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Templating;

/// <summary>What holds for every template.</summary>
public sealed class TemplateProperties
{
    private static readonly string[] Words =
    [
        "{{", "}}", "{%{", "}%}", "{{-", "-}}", "~}}", "(", ")", "[", "]", "{", "}", ".", "?.", ",", ":", "?", "??", "|", "||", "&&", "!", "!=", "==", "<", "..", "..<",
        "+", "-", "*", "/", "//", "%", "@", "=", ";", "#", "##", "\n", " ", " ", " ", "\"", "'", "`", "\\", "1", "0", "1.5", "1e9", "0xFF", "9223372036854775807", "a", "vars", "face",
        "vars.list", "face.id", "face.start_time", "string.upcase", "string.slice", "array.map", "array.each", "math.round", "ms", "date.parse", "regex.match", "not", "and", "true", "null", "for", "\ud800", "é",
    ];

    private static readonly string[] ShortCuts = ["?", "&&", "||", " and ", " or "];

    private static readonly Gen<string> RandomText = Gen.OneOf(
        Gen.Elements(Words).ArrayOf().Select(string.Concat),
        Gen.Elements(Words).ArrayOf().Select(words => "{{" + string.Join(' ', words) + "}}"),
        ArbMap.Default.ArbFor<string>().Generator.Select(text => text ?? ""),
        ArbMap.Default.ArbFor<string>().Generator.Select(text => "{{" + text + "}}"));

    private static readonly Gen<string> RandomExpression = Gen.Sized(size => Expression(Math.Min(size / 12, 5)));

    [Fact]
    public void Evaluate_AnyText_EndsWithAResultOrADiagnostic() => Prop.ForAll(RandomText.ToArbitrary(), text =>
    {
        var run = new TemplateCase();
        var result = run.Run(text);
        return run.Diagnostics.HasErrors == result is null or TemplateResult.Failed
            && run.Diagnostics.All(d => d.Place is { Span: { Column: > 0 } span } && span.EndColumn <= text.Length + 1 && span.Column <= span.EndColumn);
    }).Check(PropertyRun.Config.WithMaxTest(5000).WithEndSize(60));

    [Fact]
    public void Print_AnyResidual_ParsesBackToAnEqualExpression() => Prop.ForAll(RandomExpression.ToArbitrary(), text =>
    {
        if (new TemplateCase().Run($"{{{{ {text} }}}}") is not TemplateResult.Deferred { Residual: var residual })
        {
            return true;
        }

        var again = new TemplateCase().Run($"{{{{ {residual.Print()} }}}}");
        return again is TemplateResult.Deferred { Residual: var same } && same == residual && same.Print() == residual.Print();
    }).Check(PropertyRun.Config.WithMaxTest(5000).WithEndSize(60));

    [Fact]
    public void Evaluate_InTwoParts_GivesWhatOnePartGives() => Prop.ForAll(RandomExpression.ToArbitrary(), text =>
    {
        var template = $"{{{{ {text} }}}}";
        var direct = new TemplateCase().Run(template, TemplateCase.ScopeWithFace) as TemplateResult.Value;
        var run = new TemplateCase();
        var inParts = run.Run(template) switch
        {
            TemplateResult.Value value => value.Content,
            TemplateResult.Deferred later => ResidualEvaluator.Evaluate(later.Residual, TemplateCase.Face, TemplateCase.PlaceOf(0, 1), run.Diagnostics),
            _ => null,
        };

        // Only what a short cut would have hidden may be told earlier than it would have failed.
        return inParts is null
            ? direct is null || ShortCuts.Any(s => text.Contains(s, StringComparison.Ordinal))
            : direct is not null && ValueEquality.AreEqual(inParts, direct.Content);
    }).Check(PropertyRun.Config.WithMaxTest(5000).WithEndSize(60));

    [Fact]
    public void Residual_WhiteSpaceAndPipes_DoNotShow() => Prop.ForAll(RandomExpression.ToArbitrary(), text =>
    {
        var plain = new TemplateCase().Run($"{{{{ {text} }}}}");
        var spaced = new TemplateCase().Run($"{{{{- ( {text} )  ## note ## ~}}}}");
        return plain is TemplateResult.Deferred a ? spaced is TemplateResult.Deferred b && a.Residual == b.Residual : spaced is not TemplateResult.Deferred;
    }).Check(PropertyRun.Config.WithMaxTest(2000).WithEndSize(60));

    private static Gen<string> Expression(int depth)
    {
        var leaf = Gen.Elements(
            "1", "0", "-2", "1.5", "'x'", "''", "'1'", "true", "false", "null", "[1, 'a']", "{k: 2}", "face.id", "face.start_time", "face.end_time", "face['id']", "vars.count", "vars.list", "vars.none", "vars.lead_in", "matrix.locale", "vars.missing ?? 3", "face?.other");
        if (depth <= 0)
        {
            return leaf;
        }

        var inner = Expression(depth - 1);
        var binary = Gen.Elements("+", "-", "*", "/", "//", "%", "==", "!=", "<", "<=", ">", ">=", "&&", "||", "??", " and ", " or ");
        return Gen.OneOf(
            leaf,
            inner.Zip(inner).Zip(binary).Select(t => $"({t.Item1.Item1}) {t.Item2} ({t.Item1.Item2})"),
            inner.Zip(inner).Zip(binary).Select(t => $"{t.Item1.Item1} {t.Item2} {t.Item1.Item2}"),
            inner.Zip(Gen.Elements("!", "-", "not ", "+")).Select(t => $"{t.Item2}({t.Item1})"),
            inner.Zip(inner).Zip(inner).Select(t => $"(({t.Item1.Item1}) ? ({t.Item1.Item2}) : ({t.Item2}))"),
            inner.Zip(inner).Select(t => $"[{t.Item1}, {t.Item2}]"),
            inner.Zip(inner).Select(t => $"({t.Item1})[{t.Item2}]"),
            inner.Select(i => $"{{a: {i}, 'b c': 1}}"),
            inner.Select(i => $"({i} | string.upcase)"),
            inner.Select(i => $"(string.append {i} '-')"),
            inner.Zip(inner).Select(t => $"(({t.Item1}) | string.slice 0 length: ({t.Item2}))"),
            inner.Select(i => $"([{i}] | array.each @string.strip)"),
            inner.Select(i => $"ms({i})"));
    }
}
