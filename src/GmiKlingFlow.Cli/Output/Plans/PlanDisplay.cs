using System.Globalization;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Comparing;
using GmiKlingFlow.Core.Planning.Saving;

namespace GmiKlingFlow.Cli.Output.Plans;

/// <summary>Shows plans, one after the other, in one of the formats of <c>plan</c>.</summary>
/// <param name="isCheck">True where a comparison answers whether a plan still holds.</param>
/// <param name="asList">True where several plans are one JSON document.</param>
internal sealed class PlanDisplay(Terminal terminal, string format, PlanView view, bool isCheck, bool asList)
{
    private int shown;

    /// <summary>Before the first plan.</summary>
    public void Begin() => terminal.Data.Write(asList ? "[\n" : "");

    /// <summary>After the last plan.</summary>
    public void End() => terminal.Data.Write(asList ? "]\n" : "");

    public void Show(Plan plan, PlanComparison? comparison)
    {
        switch (format)
        {
            case "json":
                terminal.Data.Write(asList && shown++ > 0 ? ",\n" : "");
                terminal.WriteData(stream => PlanJson.Write(stream, plan, against: comparison));
                break;
            case "markdown":
                PlanMarkdownRenderer.Render(plan, view, terminal.Data, Change(comparison));
                break;
            case "github" or "sarif":
                terminal.Say(PlanVerdict.Of(plan));
                if (comparison is not null)
                {
                    terminal.Say(PlanComparisonText.Summary(comparison, isCheck));
                }

                break;
            default:
                ShowText(plan, comparison);
                break;
        }
    }

    /// <returns>The plan with its flow's name above it, for a page with other things.</returns>
    public string Markdown(Plan plan, PlanComparison? comparison)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        text.Write($"### {MarkdownText.Of(plan.Flow.Name)}\n\n");
        PlanMarkdownRenderer.Render(plan, new PlanView(), text, Change(comparison));
        return text.ToString();
    }

    private PlanComparisonMarkdown? Change(PlanComparison? comparison) => comparison is null ? null : new PlanComparisonMarkdown(comparison, isCheck);

    private void ShowText(Plan plan, PlanComparison? comparison)
    {
        if (comparison is null)
        {
            PlanTextRenderer.Render(plan, view, terminal.Data);
        }
        else
        {
            new PlanComparisonText(comparison, isCheck, view, terminal.Data).Write(plan);
        }
    }
}
