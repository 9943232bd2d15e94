using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Templating;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Core.Planning.Choosing;

/// <summary>Evaluates what a flow computes from the chosen face.</summary>
internal static class FaceExpressions
{
    /// <returns>Null, with a diagnostic, when the expression fails or gives no number.</returns>
    public static TimeSpan? Time(Expression residual, Face face, Place place, DiagnosticBag problems) =>
        InMilliseconds(Evaluate(residual, face, place, problems), place, problems);

    /// <returns>Null, with a diagnostic, when the expression fails or gives no number.</returns>
    public static double? Number(Expression residual, Face face, Place place, DiagnosticBag problems)
    {
        switch (Evaluate(residual, face, place, problems))
        {
            case TemplateValue.Integer integer:
                return integer.Value;
            case TemplateValue.Float number when double.IsFinite(number.Value):
                return number.Value;
            case null:
                return null;
            case var other:
                problems.Add(PlanDiagnostics.NotResolved(place, TemplateText.Of(other), "a number"));
                return null;
        }
    }

    private static TimeSpan? InMilliseconds(TemplateValue? value, Place place, DiagnosticBag problems)
    {
        double? milliseconds = value switch
        {
            TemplateValue.Integer integer => integer.Value,
            TemplateValue.Float number => number.Value,
            _ => null,
        };
        if (milliseconds is { } known && Math.Abs(known) < TimeSpan.MaxValue.TotalMilliseconds / 2)
        {
            return TimeSpan.FromTicks((long)(Math.Floor(known) * TimeSpan.TicksPerMillisecond));
        }

        if (value is TemplateValue.Text text && DurationText.TryParse(text.Value, out var duration))
        {
            return duration;
        }

        if (value is not null)
        {
            problems.Add(PlanDiagnostics.NotResolved(place, TemplateText.Of(value), "milliseconds, or a duration such as \"1.5s\""));
        }

        return null;
    }

    private static TemplateValue? Evaluate(Expression residual, Face face, Place place, DiagnosticBag problems)
    {
        var names = new Dictionary<string, TemplateValue>(StringComparer.Ordinal)
        {
            ["face"] = new TemplateValue.Map(
            [
                new("id", new TemplateValue.Text(face.Id)),
                new("start_time", new TemplateValue.Integer(Planning.Milliseconds.Of(face.Visible.Start))),
                new("end_time", new TemplateValue.Integer(Planning.Milliseconds.Of(face.Visible.End))),
            ]),
        };
        return ResidualEvaluator.Evaluate(residual, names, place, problems);
    }
}
