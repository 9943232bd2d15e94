using System.CommandLine;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Cli.CommandLine;

/// <summary>The options that all commands know (product 8).</summary>
internal sealed class CommonOptions
{
    public static readonly string[] LogLevels = ["debug", "info", "warning", "error", "none"];

    public CheckedOption Format { get; } = CheckedOption.Text(
        "--format", "FORMAT", "What standard output carries: text, json; github for validate, plan and run; sarif for validate and plan; markdown for plan. Default: text.");

    public CheckedOption Out { get; } = CheckedOption.Text(
        "--out", "DIR", "Where the videos go. Default: out/NAME beside the flow; with several flows DIR/NAME each.");

    public CheckedOption State { get; } = CheckedOption.Text(
        "--state", "DIR", "Where finished and running work is remembered. Default: .gkflow beside the flow.");

    public CheckedOption BaseUrl { get; } = CheckedOption.Text(
        "--base-url",
        "URL",
        "The queue's full address, ending in /requestqueue/apikey. Default: GMI_BASE_URL, else GMI Cloud.");

    public CheckedOption Var { get; } = CheckedOption.Repeated(
        "--var",
        "NAME=VALUE",
        "Overrides one of the flow's vars. Repeatable.",
        static pair => CommandLineValues.NameAndValue(pair) is null ? CommandLineDiagnostics.NotNameAndValue("--var", pair) : null);

    public CheckedOption VarFile { get; } = CheckedOption.Repeated(
        "--var-file", "FILE", "Overrides vars by those of a YAML file. Repeatable; --var wins.");

    public CheckedOption LogLevel { get; } = CheckedOption.Choice(
        "--log-level", "How much is told on standard error besides progress. Default: warning.", LogLevels);

    /// <summary>Not common to all: for commands that read flows.</summary>
    public CheckedOption NoWarn { get; } = CheckedOption.Repeated(
        "--no-warn",
        "CODE",
        "Does not tell the warnings of this code, as in GKF4301. Repeatable.",
        static code => CheckedOption.OneOf("--no-warn", code, WarningSwitches.Codes));

    /// <summary>Not common to all: for commands that read flows.</summary>
    public Option<bool> WarnAsError { get; } = new("--warn-as-error") { Description = "Every warning counts as an error." };

    public Option<bool> NoColor { get; } = new("--no-color") { Description = "No colour; NO_COLOR does the same.", Recursive = true };

    public Option<bool> NoProgress { get; } = new("--no-progress")
    {
        Description = "One line per change of state instead of a display that redraws itself; CI does the same.",
        Recursive = true,
    };

    public void AddWarningSwitchesTo(Command command)
    {
        NoWarn.CompletionSources.Add([.. WarningSwitches.Codes]);
        command.Options.Add(NoWarn);
        command.Options.Add(WarnAsError);
    }

    public void AddTo(Command root)
    {
        foreach (var option in new Option[] { Format, Out, State, BaseUrl, Var, VarFile, LogLevel, NoColor, NoProgress })
        {
            option.Recursive = true;
            root.Options.Add(option);
        }
    }
}
