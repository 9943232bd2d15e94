using System.Globalization;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Runtime.Results;

/// <summary>Why results can't be made into one (GKF907x and 908x, among those of the command line).</summary>
public static class MergeDiagnostics
{
    public static Diagnostic OtherFlow(string file, string flow, string first, string firstFlow) => Error("GKF9072",
        $"\"{file}\" holds results of \"{flow}\", and \"{first}\" of \"{firstFlow}\". Merge the results of each flow by themselves.");

    public static Diagnostic OtherText(string file, string first) => Error("GKF9073",
        $"\"{file}\" was run from another text of the flow than \"{first}\". Run that part again with the same flow.",
        "The flow's sha256 differs: one machine had another commit.");

    public static Diagnostic Twice(string file, string first, string what) => Error("GKF9074",
        $"\"{file}\" holds {what}, and so does \"{first}\". Give each once; of two attempts the newer one.");

    public static Diagnostic OtherCount(string file, string shard, string first, string firstShard) => Error("GKF9075",
        $"\"{file}\" is shard {shard}, and \"{first}\" is shard {firstShard}. Run all shards with the same number of parts.");

    /// <param name="shards">As in <c>2/4, 3/4</c>.</param>
    public static Diagnostic Missing(string shards, int jobs, bool isAllowed) => new(
        "GKF9076",
        isAllowed ? Severity.Warning : Severity.Error,
        string.Create(CultureInfo.InvariantCulture, $"\"{shards}\" is missing: {jobs} {(jobs == 1 ? "job has" : "jobs have")} no results.{(isAllowed ? " They are told as pending." : " Add it, or go without it with --allow-missing.")}"),
        Place: null);

    public static Diagnostic JobTwice(string job, string file, string first) => Error("GKF9077",
        $"\"{job}\" was run in both \"{first}\" and \"{file}\". Leave one of them out.",
        "Whatever both runs spent was spent; a merged manifest tells one result for each job.");

    public static Diagnostic SimulatedWithReal(string file, string first) => Error("GKF9078",
        $"\"{file}\" was simulated and \"{first}\" was not, or the other way round. Merge only results of one kind.");

    public static Diagnostic OtherService(string file, string host, string first, string firstHost) => Error("GKF9079",
        $"\"{file}\" was run at \"{host}\", and \"{first}\" at \"{firstHost}\". Merge only results of one service.");

    public static Diagnostic OtherJobs(string file, string job, string first) => Error("GKF9080",
        $"\"{job}\" is not the same job in \"{file}\" and \"{first}\". Run all parts with the same media, vars and version of gkflow.");

    public static Diagnostic Unfinished(string file) => new("GKF9081", Severity.Warning,
        $"\"{file}\" is of a run that was cut off. What it had not finished is told as it stood: run that part again.", Place: null);

    private static Diagnostic Error(string code, string message, string? hint = null) => new(code, Severity.Error, message, Place: null, hint);
}
