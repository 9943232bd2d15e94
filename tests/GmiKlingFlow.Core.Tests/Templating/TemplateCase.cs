using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Templating;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Templating;

/// <summary>Parses and evaluates one template with the names of a small flow.</summary>
internal sealed class TemplateCase
{
    public static readonly IReadOnlyDictionary<string, TemplateValue> Face = new Dictionary<string, TemplateValue>
    {
        ["face"] = Map(("id", Text("0")), ("start_time", Number(1000)), ("end_time", Number(4200))),
    };

    private static readonly Dictionary<string, TemplateValue> Values = new()
    {
        ["vars"] = Map(
            ("cdn", Text("https://media.example.com")),
            ("lead_in", Text("250ms")),
            ("count", Number(3)),
            ("on", new TemplateValue.Bool(true)),
            ("none", TemplateValue.Null.Instance),
            ("list", List(Number(10), Number(20), Number(30))),
            ("people", List(Map(("name", Text("Ben"))), Map(("name", Text("Anna"))))),
            ("deep", Map(("er", Map(("x", Number(1))))))),
        ["matrix"] = Map(("locale", Text("de"))),
    };

    public DiagnosticBag Diagnostics { get; } = [];

    public static TemplateScope Scope { get; } = new(
        Values,
        new HashSet<string> { "face" },
        new Dictionary<string, string> { ["audio"] = "only face entries have it" });

    /// <summary>The same with the face known from the start.</summary>
    public static TemplateScope ScopeWithFace { get; } = Scope with
    {
        Values = Values.Concat(Face).ToDictionary(),
        Deferred = new HashSet<string>(),
    };

    public static Place PlaceOf(int offset, int length) => new(new SourceSpan("flow.yaml", 1, offset + 1, 1, offset + length + 1), "value");

    public static TemplateValue Text(string value) => new TemplateValue.Text(value);

    public static TemplateValue Number(long value) => new TemplateValue.Integer(value);

    public static TemplateValue List(params TemplateValue[] items) => new TemplateValue.List(items);

    public static TemplateValue Map(params (string Key, TemplateValue Value)[] members) =>
        new TemplateValue.Map([.. members.Select(m => KeyValuePair.Create(m.Key, m.Value))]);

    public TemplateResult? Run(string template, TemplateScope? scope = null, TemplateLimits? limits = null) =>
        Template.Parse(template, PlaceOf, Diagnostics)?.Evaluate(scope ?? Scope, Diagnostics, limits);

    public static TemplateValue Value(string template)
    {
        var run = new TemplateCase();
        var result = run.Run(template);
        Assert.Empty(run.Diagnostics);
        return Assert.IsType<TemplateResult.Value>(result).Content;
    }

    /// <summary>The result as a literal would be written: texts in quotes, floats with a point.</summary>
    public static string Shown(string template) => ValueExpression.Of(Value(template)).Print();

    public static string Residual(string template)
    {
        var run = new TemplateCase();
        var result = run.Run(template);
        Assert.Empty(run.Diagnostics);
        return Assert.IsType<TemplateResult.Deferred>(result).Residual.Print();
    }

    /// <summary>The one diagnostic of a template that fails.</summary>
    public static Diagnostic Problem(string template, TemplateLimits? limits = null)
    {
        var run = new TemplateCase();
        Assert.IsNotType<TemplateResult.Value>(run.Run(template, limits: limits));
        return Assert.Single(run.Diagnostics);
    }
}
