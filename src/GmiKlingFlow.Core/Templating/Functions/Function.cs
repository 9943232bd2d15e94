using GmiKlingFlow.Core.Templating.Syntax;

namespace GmiKlingFlow.Core.Templating.Functions;

/// <returns>The value, or null after adding a diagnostic.</returns>
internal delegate TemplateValue? FunctionBody(Arguments arguments);

/// <summary>A function that templates may call. Pure: the same arguments give the same value.</summary>
internal sealed class Function(string group, string name, FunctionBody body, params Parameter[] parameters)
{
    public string FullName { get; } = group.Length == 0 ? name : $"{group}.{name}";

    public string Name { get; } = name;

    public IReadOnlyList<Parameter> Parameters { get; } = parameters;

    /// <summary>It gives nothing but true and false.</summary>
    public bool GivesBoolean { get; init; }

    /// <summary>A member that is not there reads as null in its first argument.</summary>
    public bool FirstMayMiss { get; init; }

    /// <summary>As a person writes it: <c>string.slice text start length?</c>.</summary>
    public string Signature => string.Join(' ', [FullName, .. Parameters.Select(p => p.Default is null ? p.Name : p.Name + "?")]);

    public int IndexOf(string parameter) => Array.FindIndex(parameters, p => p.Name == parameter);

    public Outcome Invoke(Evaluator evaluator, CallExpression call, TemplateValue[] given)
    {
        var values = new TemplateValue[parameters.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var at = i < call.Arguments.Count && call.Arguments[i].At.Length > 0 ? call.Arguments[i].At : call.At;
            if (i >= given.Length)
            {
                values[i] = parameters[i].Default ?? TemplateValue.Null.Instance;
            }
            else if (Convert(evaluator, at, parameters[i], given[i]) is { } converted)
            {
                values[i] = converted;
            }
            else
            {
                return evaluator.HasFailed ? Outcome.Failed : Unfit(evaluator, at, parameters[i], given[i]);
            }
        }

        return body(new Arguments(evaluator, this, call, values));
    }

    private static TemplateValue? Convert(Evaluator evaluator, Extent at, Parameter parameter, TemplateValue value) => (parameter.Kind, value) switch
    {
        (ParameterKind.Any or ParameterKind.Function, _) or (ParameterKind.Text, TemplateValue.Text or TemplateValue.Null) => value,
        (_, TemplateValue.Null) when parameter.Default is TemplateValue.Null => value,
        (ParameterKind.Text, _) => evaluator.TextOf(value, at) is { } text ? new TemplateValue.Text(text) : null,
        (ParameterKind.Integer, TemplateValue.Integer) or (ParameterKind.Number, TemplateValue.Float) => value,
        (ParameterKind.Integer, _) => Conversion.ToInteger(value) is { } number ? new TemplateValue.Integer(number) : null,
        (ParameterKind.Number, _) => Conversion.ToNumber(value) is { } number ? new TemplateValue.Float(number) : null,
        (ParameterKind.Bool, _) => new TemplateValue.Bool(Truth.Of(value)),
        (ParameterKind.List, TemplateValue.List or TemplateValue.Null) => value,
        (ParameterKind.Map, TemplateValue.Map or TemplateValue.Null) => value,
        (ParameterKind.Moment, TemplateValue.Moment or TemplateValue.Null) => value,
        _ => null,
    };

    private Outcome Unfit(Evaluator evaluator, Extent at, Parameter parameter, TemplateValue value) =>
        evaluator.Fail(at, place => TemplateDiagnostics.ArgumentKind(
            place, FullName, parameter.Name, Parameter.Expected(parameter.Kind), value is TemplateValue.Text ? $"text {Shown.Of(value)}" : Shown.Of(value)));
}
