using System.Globalization;
using GmiKlingFlow.Cli.Checkups;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Cli.Output.Checkups;

/// <summary>Findings for people: a line each, then the way out where there has to be one; the verdict last.</summary>
internal sealed class FindingsText(Terminal terminal)
{
    private const int HintIndent = 18;

    private readonly Ansi style = new(terminal.Traits.ColourOnOutput);

    public void Write(IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings)
        {
            var word = Word(finding);
            var code = finding.Code is null ? "" : $"{finding.Code}: ";
            terminal.WriteSentence($"{word,-7}  {finding.Check,-7}  {code}{Printable.Line(finding.Message)}", style: line => finding.IsLeftOut ? line : Painted(line, word, finding.Severity));
            foreach (var line in (finding.Code is null ? null : finding.Hint)?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [])
            {
                terminal.WriteSentence(Printable.Line(line), HintIndent);
            }
        }

        var (errors, warnings) = (findings.Count(static f => f.Severity == Severity.Error), findings.Count(static f => f.Severity == Severity.Warning));
        terminal.WriteSentence(errors + warnings == 0
            ? findings.Any(static finding => finding.IsLeftOut) ? "All well, as far as it was looked at. Nothing was spent." : "All well. Nothing was spent."
            : string.Create(CultureInfo.InvariantCulture, $"{errors} error{(errors == 1 ? "" : "s")}, {warnings} warning{(warnings == 1 ? "" : "s")}. Nothing was spent."));
    }

    private static string Word(Finding finding) => finding switch
    {
        { IsLeftOut: true } => "-",
        { Severity: Severity.Error } => "error",
        { Severity: Severity.Warning } => "warning",
        _ => "ok",
    };

    private string Painted(string line, string word, Severity severity) => !line.StartsWith(word, StringComparison.Ordinal) ? line
        : (severity switch
        {
            Severity.Error => style.Red(word),
            Severity.Warning => style.Yellow(word),
            _ => style.Green(word),
        }) + line[word.Length..];
}
