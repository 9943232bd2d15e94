using System.Globalization;
using GmiKlingFlow.Core.Templating.Functions;
using GmiKlingFlow.Core.Templating.Syntax;

namespace GmiKlingFlow.Core.Templating;

/// <summary>Writes a value as the expression that gives it, for the folded parts of a residual.</summary>
internal static class ValueExpression
{
    public static Expression Of(TemplateValue value) => value switch
    {
        TemplateValue.List list => new ListExpression([.. list.Items.Select(Of)]),
        TemplateValue.Map map => new MapExpression([.. map.Members.Select(m => m.Key)], [.. map.Members.Select(m => Of(m.Value))]),
        TemplateValue.Moment moment => Call("date", "parse", new TemplateValue.Text(moment.Value.ToString("O", CultureInfo.InvariantCulture))),
        TemplateValue.Span span => Call("timespan", "parse", new TemplateValue.Text(span.Value.ToString("c", CultureInfo.InvariantCulture))),
        _ => new LiteralExpression(value),
    };

    private static CallExpression Call(string group, string name, TemplateValue argument) =>
        new(FunctionTable.Known(group, name), [new LiteralExpression(argument)]);
}
