using System.CommandLine;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Cli.CommandLine;

/// <summary>The options that all commands know (product 8).</summary>
internal sealed class CommonOptions
{
    public static readonly string[] LogLevels = ["debug", "info", "warning", "error", "none"];

    public CheckedOption Format { get; } = CheckedOption.Text(CommonOptionTexts.Format);

    public CheckedOption Out { get; } = CheckedOption.Text(CommonOptionTexts.Out);

    public CheckedOption State { get; } = CheckedOption.Text(CommonOptionTexts.State);

    public CheckedOption BaseUrl { get; } = CheckedOption.Text(CommonOptionTexts.BaseUrl);

    public CheckedOption Var { get; } = CheckedOption.Repeated(
        CommonOptionTexts.Var,
        static pair => CommandLineValues.NameAndValue(pair) is null ? CommandLineDiagnostics.NotNameAndValue("--var", pair) : null);

    public CheckedOption VarFile { get; } = CheckedOption.Repeated(CommonOptionTexts.VarFile);

    public CheckedOption LogLevel { get; } = CheckedOption.Choice(CommonOptionTexts.LogLevel.Name, CommonOptionTexts.LogLevel.Description, LogLevels);

    /// <summary>Not common to all: for commands that read flows.</summary>
    public CheckedOption NoWarn { get; } = CheckedOption.Repeated(
        "--no-warn",
        "CODE",
        "Does not tell the warnings of this code, as in GKF4301. Repeatable.",
        static code => CheckedOption.OneOf("--no-warn", code, WarningSwitches.Codes));

    /// <summary>Not common to all: for commands that read flows.</summary>
    public Option<bool> WarnAsError { get; } = new("--warn-as-error") { Description = "Every warning counts as an error." };

    public Option<bool> NoColor { get; } = Switch(CommonOptionTexts.NoColor);

    public Option<bool> NoProgress { get; } = Switch(CommonOptionTexts.NoProgress);

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

    private static Option<bool> Switch(OptionText text) => new(text.Name) { Description = text.Description };
}
