namespace GmiKlingFlow.Core.Templating.Functions;

internal enum ParameterKind
{
    Any,
    Text,
    Integer,
    Number,
    Bool,
    List,
    Map,
    Moment,
    Function,
}

/// <summary>One parameter of a function.</summary>
/// <param name="Default">What stands in for an argument that is left out; null when it may not be.</param>
internal sealed record Parameter(string Name, ParameterKind Kind, TemplateValue? Default = null)
{
    public static Parameter Any(string name) => new(name, ParameterKind.Any);

    public static Parameter Text(string name) => new(name, ParameterKind.Text);

    public static Parameter Integer(string name) => new(name, ParameterKind.Integer);

    public static Parameter Number(string name) => new(name, ParameterKind.Number);

    public static Parameter List(string name) => new(name, ParameterKind.List);

    public static Parameter Map(string name) => new(name, ParameterKind.Map);

    public static Parameter Moment(string name) => new(name, ParameterKind.Moment);

    public static string Expected(ParameterKind kind) => kind switch
    {
        ParameterKind.Text => "a text",
        ParameterKind.Integer => "a whole number",
        ParameterKind.Number => "a number",
        ParameterKind.Bool => "true or false",
        ParameterKind.List => "a list",
        ParameterKind.Map => "a map",
        ParameterKind.Moment => "a date, as date.parse gives it",
        ParameterKind.Function => "a function, as in @string.upcase",
        _ => "a value",
    };

    public Parameter Or(TemplateValue missing) => this with { Default = missing };

    public Parameter OrNull() => Or(TemplateValue.Null.Instance);
}
