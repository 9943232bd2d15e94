namespace GmiKlingFlow.Cli.Commands;

/// <summary>A command as far as the list of all commands tells it.</summary>
/// <param name="arguments">As they are typed behind the name; empty for none.</param>
/// <param name="summary">One sentence.</param>
internal sealed class CommandWord(string name, string arguments, string summary)
{
    /// <summary>Every command, in the order of the help.</summary>
    public static readonly CommandWord[] All =
    [
        new(InitCommand.CommandName, "[DIR]", InitCommand.Summary),
        new(ValidateCommand.CommandName, "FLOW...", ValidateCommand.Summary),
        new(PlanCommand.CommandName, "FLOW...", PlanCommand.Summary),
        new(WatchCommand.CommandName, "FLOW...", WatchCommand.Summary),
        new(IdentifyCommand.CommandName, "FLOW...", IdentifyCommand.Summary),
        new(RunCommand.CommandName, "FLOW...", RunCommand.Summary),
        new(MergeCommand.CommandName, "RESULTS...", MergeCommand.Summary),
        new(StatusCommand.CommandName, "[FLOW]", StatusCommand.Summary),
        new(SettleCommand.CommandName, "FLOW JOB", SettleCommand.Summary),
        new(PreviewCommand.CommandName, "FLOW...", PreviewCommand.Summary),
        new(VerifyCommand.CommandName, "RESULTS...", VerifyCommand.Summary),
        new(ReportCommand.CommandName, "RESULTS...", ReportCommand.Summary),
        new(DoctorCommand.CommandName, "[FLOW]", DoctorCommand.Summary),
        new(SimulateCommand.CommandName, "", SimulateCommand.Summary),
        new(ExplainCommand.CommandName, "[CODE]", ExplainCommand.Summary),
        new(SchemaCommand.CommandName, "[NAME]", SchemaCommand.Summary),
        new(CompletionCommand.CommandName, "SHELL", CompletionCommand.Summary),
    ];

    public string Name => name;

    public string Arguments => arguments;

    public string Summary => summary;
}
