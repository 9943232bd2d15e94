using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Templating;

namespace GmiKlingFlow.Core.Planning;

/// <summary>Evaluates what a flow computes from the chosen face.</summary>
internal static class FaceExpressions
{
    /// <returns>Null, with a diagnostic, when the expression fails or gives no number.</returns>
    public static TimeSpan? Time(Expression residual, Face face, Place place, DiagnosticBag problems) =>
        Milliseconds(Evaluate(residual, face, place, problems), place, problems);

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
                problems.Add(PlanDiagnostics.NotResolved(place, other.ToString(), "a number"));
                return null;
        }
    }

    private static TimeSpan? Milliseconds(TemplateValue? value, Place place, DiagnosticBag problems)
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
            problems.Add(PlanDiagnostics.NotResolved(place, value.ToString(), "milliseconds, or a duration such as \"1.5s\""));
        }

        return null;
    }

    private static TemplateValue? Evaluate(Expression residual, Face face, Place place, DiagnosticBag problems)
    {
        _ = face;
        problems.Add(PlanDiagnostics.NotResolved(place, residual.Print(), "a value without \"face\""));
        return null;
    }
}
