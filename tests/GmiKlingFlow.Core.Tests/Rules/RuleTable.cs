using System.Text;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Rules;

namespace GmiKlingFlow.Core.Tests.Rules;

/// <summary>The cards of all rules as the page <c>schemas/rules.md</c>.</summary>
internal static class RuleTable
{
    public static string Markdown()
    {
        var limits = KlingLimits.Current;
        var text = new StringBuilder();
        text.Append("# The rules of the API\n\n");
        text.Append($"Limits: profile `{limits.Version}`. Made from the rules themselves by `tests/update-docs.sh`; don't edit it here.\n\n");
        text.Append("`validate`, `plan`, `run` and the simulator hold every one of these rules, each as early as enough is known: in the **text**; once the **media** are read;\n");
        text.Append("after **identify**; and once more on the exact **bytes** of a request, just before it is sent. `gkflow explain CODE` tells more of each.\n\n");
        text.Append("Source: section of the API contract and, in brackets, its documents. Certainty: DOC documented by GMI or Kling, LIVE seen in a real call, CODE only\n");
        text.Append("assumed by a client, INFER our deduction. A code with (w) is a warning.\n\n");
        text.Append("| Field | Rule | Limit | Checked | Codes | Source | Certainty |\n|---|---|---|---|---|---|---|\n");
        foreach (var card in ApiRules.Cards)
        {
            text.Append($"| {Cell(card.Field)} | {Cell(card.Text)} | {Cell(card.Limit(limits))} | {Stages(card.Stages)} | {string.Join(", ", card.Codes.Select(Code))} | {Cell(card.Source)} | {Cell(card.Certainty)} |\n");
        }

        text.Append("\n## What can't be checked here\n\n");
        text.Append("| Rule | Source | What the tool does |\n|---|---|---|\n");
        foreach (var (rule, source, instead) in Unchecked)
        {
            text.Append($"| {Cell(rule)} | {source} | {Cell(instead)} |\n");
        }

        return text.ToString();
    }

    private static readonly (string Rule, string Source, string Instead)[] Unchecked =
    [
        ("Video and audio are screened for their content", "4.1, 4.3", "A refusal is told as the service words it."),
        ("`video_id`: a video made by Kling within 30 days, 60 s at most", "4.1", "Not offered: a flow names its video by file or URL."),
        ("`audio_id`: speech made by Kling within 30 days, 2 to 60 s", "4.3", "Sent as written in `face_choose:`; a clip that could lie in no such audio is refused."),
        ("The same person more than 1 s later is another face", "4.2", "A name may list several selectors; the one whose interval fits the clip is used."),
        ("A face too small in the picture is not moved, and the job succeeds", "8 trap 5", "Look at the pictures that `identify` finds."),
        ("A URL answers without login, with the right content", "4.1, 8 traps 7 and 8", "User names and passwords in URLs, http, private hosts and signatures that have ended are refused."),
    ];

    private static string Code(string code) => Explanation.Of(code)?.Contains("\n\nA warning.", StringComparison.Ordinal) == true ? $"{code} (w)" : code;

    private static string Stages(RuleStages stages) =>
        string.Join(", ", Enum.GetValues<RuleStages>().Where(stage => stages.HasFlag(stage)).Select(stage => stage.ToString().ToLowerInvariant()));

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
