using System.Globalization;
using GmiKlingFlow.Cli.Commands;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Cli.CommandLine;

/// <summary>Everything that can be wrong with a command line.</summary>
internal static class CommandLineDiagnostics
{
    public static Diagnostic UnknownCommand(string name, string? nearest) =>
        Error("GKF9001", $"\"{name}\" is not a command.{DidYouMean(nearest)}", "\"gkflow --help\" lists the commands.");

    public static Diagnostic UnknownOption(string option, string command, string? nearest) =>
        Error("GKF9002", $"\"{option}\" is not an option of \"{command}\".{DidYouMean(nearest)}", $"\"{command} --help\" lists them.");

    public static Diagnostic UnexpectedArgument(string value, string command) =>
        Error("GKF9003", $"\"{value}\" is one argument too many for \"{command}\". Leave it out.", $"\"{command} --help\" shows what it takes.");

    public static Diagnostic MissingArgument(string name, string command) =>
        Error("GKF9004", $"\"{command}\" needs {name}. Add it.", $"\"{command} --help\" shows examples.");

    public static Diagnostic OptionNeedsValue(string option, string valueName) =>
        Error("GKF9005", $"\"{option}\" needs a value: {option} {valueName}.");

    public static Diagnostic OptionGivenTwice(string option, int times) =>
        Error("GKF9006", $"\"{option}\" is given {times.ToString(CultureInfo.InvariantCulture)} times. Give it once.");

    public static Diagnostic NotAChoice(string option, string value, string choices, string? nearest) =>
        Error("GKF9007", $"\"{value}\" is not a value of \"{option}\".{DidYouMean(nearest)} It takes one of: {choices}.");

    public static Diagnostic NotACount(string option, string value, int lowest, int highest) =>
        Error("GKF9008", string.Create(CultureInfo.InvariantCulture, $"\"{value}\" is not a number \"{option}\" takes. Give a whole number from {lowest} to {highest}."));

    public static Diagnostic NotAnAmount(string option, string value) =>
        Error("GKF9009", $"\"{value}\" is not an amount \"{option}\" takes. Give US dollars as in 25 or 2.50.");

    public static Diagnostic NotNameAndValue(string option, string value) =>
        Error("GKF9010", $"\"{value}\" is not a value of \"{option}\". Write {option} name=value.");

    public static Diagnostic KeyMissing() =>
        Error("GKF9012", "\"GMI_API_KEY\" is not set. Set it to your GMI Cloud key, or add --simulate to try the flow without key and cost.");

    public static Diagnostic NoCommand() =>
        Error("GKF9014", "No command is given. Start with \"gkflow init my-flow\", or see \"gkflow --help\".");

    public static Diagnostic FileExists(string path) =>
        Error("GKF9015", $"\"{path}\" exists, and init never overwrites. Choose another folder, or move the file away.");

    public static Diagnostic UnknownSchema(string name, string known, string? nearest) =>
        Error("GKF9016", $"\"{name}\" is not a schema.{DidYouMean(nearest)} There are: {known}.");

    public static Diagnostic UnknownCode(string code, string? nearest) =>
        Error("GKF9017", $"\"{code}\" is not a diagnostic's code.{DidYouMean(nearest)}", "\"gkflow explain\" lists all codes.");

    public static Diagnostic UnknownJob(string job, string flow, string? nearest) =>
        Error("GKF9018", $"\"{job}\" is not a job that the state of \"{flow}\" knows.{DidYouMean(nearest)}", $"\"gkflow status {flow}\" lists them.");

    public static Diagnostic NoFlowHere(string folder) =>
        Error("GKF9019", $"There is no \"flow.yaml\" in \"{folder}\". Name the flow: gkflow status FLOW.");

    public static Diagnostic FolderMissing(string option, string path) =>
        Error("GKF9020", $"\"{path}\" ({option}) is not a folder. Name one that exists.");

    public static Diagnostic PortTaken(string address) =>
        Error("GKF9021", $"\"{address}\" is in use by another program. Choose another --port; --port 0 takes a free one.");

    public static Diagnostic FlowsShareName(string name, string first, string second) =>
        Error("GKF9022", $"\"{name}\" is the name of both {first} and {second}, so their outputs would mix. Rename one.");

    public static Diagnostic UnknownFault(string fault, string reason) =>
        Error("GKF9023", $"\"{fault}\" is not a fault rule: {reason}", "For example: --fault \"POST /requests: 504-accepted every 7\"");

    public static Diagnostic NotParsed(string parserMessage) =>
        Error("GKF9024", $"The command line can't be understood: {parserMessage}");

    public static Diagnostic NotASpeed(string option, string value) =>
        Error("GKF9025", $"\"{value}\" is not a speed \"{option}\" takes. Give a number from 0.01 to 10000, as in 10 for ten times as fast.");

    public static Diagnostic NotADuration(string option, string value) =>
        Error("GKF9027", $"\"{value}\" is not a time \"{option}\" takes. Write at least a second, with its unit, as in 30m, 90s or 1h30m.");

    public static Diagnostic FlowNotReadable(string path, string reason, string? nearest = null) =>
        Error("GKF9028", $"\"{path}\" can't be used: {reason}.{DidYouMean(nearest)} Name a flow, or its state with --state DIR.");

    public static Diagnostic NotAShard(string value) =>
        Error("GKF9026", $"\"{value}\" is not a shard. Write I/N, as in --shard 2/5 for the second of five parts.");

    public static Diagnostic DecisionMissing() =>
        Error("GKF9029", "\"settle\" takes one decision. Give --adopt REQUEST_ID or --abandon.", "\"gkflow settle --help\" tells what each means.");

    public static Diagnostic NothingRunYet(string flow, string folder) =>
        Error("GKF9030", $"\"{flow}\" has no state in {folder}, so nothing was run yet. Name the right folder with --state.");

    public static Diagnostic KeyMissingToAdopt() =>
        Error("GKF9031", "\"GMI_API_KEY\" is not set. Set it: a request is looked at before it is adopted.");

    public static Diagnostic JobOfOtherService(string job, string service) =>
        Error("GKF9032", $"\"{job}\" was sent to {service}. Add --base-url {service}.");

    public static Diagnostic JobOfSeveralFlows(string job, string flows) =>
        Error("GKF9033", $"\"{job}\" is a job of several flows: {flows}. Say which with --flow NAME.");

    public static Diagnostic JobIsSimulated(string job) =>
        Error("GKF9034", $"\"{job}\" was only simulated, and a simulation ends with its run. Run it again with --simulate.");

    public static Diagnostic DecidedByPlan(string option) =>
        Error("GKF9035", $"\"{option}\" was decided when the plan was saved. Leave it out, or make another plan with it.");

    public static Diagnostic PlanRunsAlone(string plan) =>
        Error("GKF9036", $"\"{plan}\" is a saved plan, which runs alone. Give it as the only file.");

    public static Diagnostic OnePlanForOneFlow(int flows) =>
        Error("GKF9037", string.Create(CultureInfo.InvariantCulture, $"\"-o\" saves the plan of one flow, and {flows} are given. Save each by itself."));

    public static Diagnostic NotAPlanFile(string path) =>
        Error("GKF9038", $"\"{path}\" exists and is no plan, so it is not overwritten. Choose another name for -o.");

    public static Diagnostic NotASarifFile(string path) =>
        Error("GKF9055", $"\"{path}\" exists and is no SARIF log, so it is not overwritten. Choose another name for --sarif.");

    public static Diagnostic NotAJUnitFile(string path) =>
        Error("GKF9071", $"\"{path}\" exists and is no JUnit report, so it is not overwritten. Choose another name for --junit.");

    public static Diagnostic FileAskedForTwice(string first, string second, string path) =>
        Error("GKF9160", $"\"{path}\" ({second}) is in the way of {first}, which writes there too. Give each a file of its own.");

    public static Diagnostic FileOfTheFlow(string option, string path, string what) =>
        Error("GKF9161", $"\"{path}\" ({option}) is in the way of another file: {what}. Choose another name.");

    public static Diagnostic MergeNeedsFile() =>
        Error("GKF9082", "\"merge\" needs a place for what it makes. Add -o FILE, as in -o results.json.");

    public static Diagnostic NotAResultsFile(string path) =>
        Error("GKF9083", $"\"{path}\" exists and is no results manifest, so it is not overwritten. Choose another name for -o.");

    public static Diagnostic MergeOverInput(string path) =>
        Error("GKF9084", $"\"{path}\" is one of the results to merge, and would be lost. Choose another name for -o.");

    public static Diagnostic PlanNotWritten(string path, string reason) =>
        Error("GKF9040", $"\"{path}\" could not be written: {reason}. Choose another place for -o, or mend that; what was there is there still.");

    public static Diagnostic NotWritten(string reason) =>
        Error("GKF9041", $"\"{reason}\" stopped this command while it read or wrote. Mend that, then run the same command again.");

    public static Diagnostic UnknownGroup(string name, string flow, string? nearest, string known) =>
        Error("GKF9090", $"\"{name}\" is no label of any job of \"{flow}\".{DidYouMean(nearest)} It can be grouped by: {known}.");

    public static Diagnostic BaseUnreadable(string name, string reason) =>
        Error("GKF9091", $"\"{name}\" can't be compared with: {reason}. Give results.json, a plan's JSON, or REV:PATH.");

    public static Diagnostic BaseForOneFlow(string option, int flows) =>
        Error("GKF9092", string.Create(CultureInfo.InvariantCulture, $"\"{option}\" compares one flow, and {flows} are given. Compare each by itself."));

    public static Diagnostic OneBase() =>
        Error("GKF9093", "\"--against\" and \"--check\" are both given. Give one of them.");

    public static Diagnostic RevisionUnusable(string name, string reason, string? nearest) =>
        Error("GKF9094", $"\"{name}\" can't be read with git: {reason}.{DidYouMean(nearest)} Write REV:PATH as git does, or REV: for this flow's path.");

    public static Diagnostic NotAPlanToCheck(string name) =>
        Error("GKF9095", $"\"{name}\" is results, not a plan. Compare it with --against, or check a plan's JSON.");

    public static Diagnostic ResultsUnusable(string path, string reason) =>
        Error("GKF9110", $"\"{path}\" can't be used: {reason}. Name a results.json, or the folder it lies in.");

    public static Diagnostic ReportInputUnreadable(string path, string reason, string? hint = null) =>
        Error("GKF9060", $"\"{path}\" can't be read: {reason}. Name the results.json of a run, or a plan as JSON.", hint);

    public static Diagnostic NotAReportInput(string path, string? twin) =>
        Error(
            "GKF9061",
            $"\"{path}\" is neither results nor a plan. A report is made of a run's results.json, or of a plan as JSON.",
            twin is null ? "\"gkflow run\" leaves results.json in the flow's output folder, \"gkflow plan -o plan.json\" saves a plan." : $"\"{twin}\" lies beside it.");

    public static Diagnostic ReportInputOfOtherVersion(string path, string version) =>
        Error("GKF9062", $"\"{path}\" is of version \"{version}\", and this gkflow reads \"gmiklingflow/v1\". Use the gkflow that wrote it.");

    public static Diagnostic NotAReportFile(string path) =>
        Error("GKF9063", $"\"{path}\" exists and is no report, so it is not overwritten. Choose another name.");

    public static Diagnostic ReportNotWritten(string path, string reason) =>
        Error("GKF9064", $"\"{path}\" could not be written: {reason}. Mend that or choose another place, then run \"gkflow report\" on the results.");

    public static Diagnostic ClockOff(string how) =>
        Warning("GKF9118", $"This machine's clock is {how} the service's. Set it: lost requests are looked for by their time.", "For example: sudo timedatectl set-ntp true");

    public static Diagnostic ModelNotListed(string model, string host) =>
        Warning("GKF9119", $"\"{model}\" is not in the list of models of \"{host}\". Look in GMI's console whether your organisation may use it.");

    public static Diagnostic JobsNotSettled(int jobs, string status) =>
        Warning("GKF9120", string.Create(CultureInfo.InvariantCulture, $"{jobs} job{(jobs == 1 ? " is" : "s are")} stalled or unknown. Run again, or decide by hand with gkflow settle."), $"\"{status}\" shows them.");

    public static Diagnostic RunCutOff(string run) =>
        Warning("GKF9121", $"The last run ({run}) was cut off. Run again: it goes on from there, and pays for nothing twice.");

    public static Diagnostic FfmpegDoesNotRun(string path, string reason) =>
        Warning("GKF9122", $"\"{path}\" does not run: {reason}. Install another one, or name it with GKFLOW_FFMPEG.", FfmpegInstall.Lines);

    public static Diagnostic NotOnOrOff(string option, string value) =>
        Error("GKF9130", $"\"{value}\" is not a value of \"{option}\", which takes none. Write {option} alone, or leave it out.");

    public static Diagnostic FfmpegMissing() =>
        Error("GKF9111", "\"ffmpeg\" is not on the PATH, and previews are made with it. Install it, or name it with --ffmpeg FILE.", FfmpegInstall.Lines);

    public static Diagnostic FfmpegNotThere(string path) =>
        Error("GKF9112", $"\"{path}\" is not a file, so no previews can be made. Name the ffmpeg program itself.", FfmpegInstall.Lines);

    public static Diagnostic PreviewOfUrl(string job, string kind, string name) =>
        Error("GKF9113", $"\"{job}\" has no preview: {kind} \"{name}\" is a URL, and nothing is downloaded. Add --stand-in {name}=FILE with a local copy.");

    /// <param name="program">The ffmpeg that was used.</param>
    public static Diagnostic PreviewNotRendered(string job, string reason, string program) =>
        Error("GKF9114", $"\"{job}\" has no preview: ffmpeg could not make it: {reason}", $"{program} was used. Where \"-version\" does not make it tell its version, name another one with --ffmpeg FILE.");

    public static Diagnostic StandInUnusable(string name, string file, string reason) =>
        Error("GKF9115", $"\"{file}\" can't stand in for \"{name}\": {reason}. Name a local media file, as in --stand-in host=copy.mp4.");

    public static Diagnostic PreviewOverInput(string job, string file) =>
        Error("GKF9116", $"\"{job}\" has no preview: \"{file}\" is one of the flow's own files. Choose another folder with --out.");

    public static Diagnostic StandInUnknown(string name, string? nearest) =>
        Error("GKF9117", $"\"{name}\" (--stand-in) is no video and no audio of the flow.{DidYouMean(nearest)}");

    private static Diagnostic Warning(string code, string message, string? hint = null) => new(code, Severity.Warning, message, Place: null, hint);

    private static Diagnostic Error(string code, string message, string? hint = null) => new(code, Severity.Error, message, Place: null, hint);

    private static string DidYouMean(string? nearest) => nearest is null ? "" : $" Did you mean \"{nearest}\"?";
}
