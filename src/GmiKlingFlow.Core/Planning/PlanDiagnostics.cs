using System.Globalization;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Choosing;
using GmiKlingFlow.Core.Planning.Prices;
using GmiKlingFlow.Core.Timing;

namespace GmiKlingFlow.Core.Planning;

/// <summary>What stands between a flow and its plan (GKF42xx): one method per code.</summary>
public static class PlanDiagnostics
{
    public static Diagnostic EndOfAudioUnknown(Place? at, string audio) => Error("GKF4201", at,
        $"\"{audio}\" can't be measured, so \"sound_end_time\" can't be left out. Give it, or \"duration:\" with the audio.");

    public static Diagnostic MovNeedsUrl(Place? at, string video) => Error("GKF4202", at,
        $"\"{video}\" is a mov file, which can't be uploaded. Give its URL, or convert it to mp4.",
        "The service's upload takes mp4 only: ffmpeg -i in.mov -c copy out.mp4 mostly does it.");

    public static Diagnostic SeveralSelectorsWithoutClip(Place? at, string face) => Error("GKF4204", at,
        $"\"{face}\" has several selectors, and the entry's times depend on \"face\". Give the times without \"face\", or one selector.");

    public static Diagnostic VerbatimMemberMissing(Place? at, string member) => Error("GKF4205", at,
        $"\"{member}\" is missing, and the API requires it. Add it, or use \"faces:\" to have it filled in.");

    public static Diagnostic NothingSelected(string glob, string? nearest) => Error("GKF4206", null,
        nearest is null
            ? $"\"{glob}\" selects no job. Use a glob on job ids, video=glob or label=glob."
            : $"\"{glob}\" selects no job. Did you mean \"{nearest}\"?");

    public static Diagnostic OverBudget(decimal estimatedUsd, decimal budgetUsd) => Error("GKF4207", null,
        $"The estimate \"{Money.Text(estimatedUsd)}\" is above the budget of {Money.Text(budgetUsd)}. Raise \"budget_usd\", or choose fewer jobs with --select or --max-jobs.");

    public static Diagnostic SavedPlanUnreadable(string file, string reason) => Error("GKF4208", null,
        $"\"{file}\" can't be used as a plan: {reason}. Make it again with gkflow plan -o.");

    public static Diagnostic NotResolved(Place? at, string value, string expected) => Error("GKF4209", at,
        $"\"{value}\" is what the expression gives once the face is known. Make it give {expected}.");

    /// <param name="harmed">In words: <c>video "host"</c>.</param>
    public static Diagnostic OutputOverPrecious(Place? at, string output, string harmed) => Error("GKF4210", at,
        $"\"{output}\" would be written over {harmed}. Give the job another \"output\", or another folder with --out.");

    public static Diagnostic SelectorPastEnd(Place? at, string selector, string video, long duration) => Error("GKF4211", at,
        $"\"{selector}\" lies after the end of \"{video}\" ({duration.ToString(CultureInfo.InvariantCulture)} ms), where no face can be. Give a time within the video.");

    /// <param name="changes">At least one, in words.</param>
    public static Diagnostic PlanStale(string file, string changes) => Error("GKF4212", null,
        $"\"{file}\" is no longer what a run would do: {changes}. Make the plan again with gkflow plan -o.");

    public static Diagnostic PlanFlowMissing(string file, string flow) => Error("GKF4213", null,
        $"The flow \"{flow}\" of \"{file}\" is not where it was. Keep the plan beside its flow, or make it again.");

    public static Diagnostic PlanOfOtherService(string file, string service, string now) => Error("GKF4214", null,
        $"\"{file}\" was made for {service}, not for {now}. Name that service with --base-url, or make the plan again.");

    public static Diagnostic VolumeOfLaterPass(Place? at, string volume, string face, string first) => new("GKF4216", Severity.Warning,
        $"\"{volume}\" has no effect for \"{face}\": the first pass gives the original sound its volume ({first}). Set it at the first face.", at);

    /// <param name="face">As the flow names it.</param>
    /// <param name="other">The face's name in an earlier pass.</param>
    public static Diagnostic SameFaceTwice(Place? at, string face, string other, string id) => new("GKF4217", Severity.Warning,
        $"\"{face}\" is the same face as \"{other}\" (\"{id}\"), in a pass of its own. Name both alike to save a pass.", at);

    /// <param name="found">The faces of the result that the pass works on.</param>
    public static Diagnostic FaceLostInPass(Place? at, string face, TimeRange seen, IReadOnlyList<Face> found) => Error("GKF4218", at,
        $"\"{face}\", seen at {Range(seen)} in the source, is not found in the result of the pass before. Name it by \"at\", then run again.",
        $"What is paid is kept: only this pass and later ones are sent anew.\n{FaceTable.Of(found)}");

    /// <param name="found">The faces of the result that the pass works on.</param>
    public static Diagnostic FaceAmbiguousInPass(Place? at, string face, TimeRange seen, IReadOnlyList<Face> found) => Error("GKF4219", at,
        $"\"{face}\", seen at {Range(seen)} in the source, may be several faces of the pass before's result. Name it by \"at\", then run again.",
        $"What is paid is kept: only this pass and later ones are sent anew.\n{FaceTable.Of(found)}");

    /// <param name="jobs">So many failed there.</param>
    public static Diagnostic FailedElsewhere(string flow, string service, string other, int jobs) => new("GKF4290", Severity.Warning,
        string.Create(CultureInfo.InvariantCulture, $"\"--only-failed\" chooses no job: none of \"{flow}\" failed at {service}, but {jobs} did at {other}. Choose that service with --base-url or --simulate."), null);

    /// <param name="wasRun">Whether the state knows a run of the flow at that service.</param>
    public static Diagnostic NoneFailed(string flow, string service, bool wasRun) => wasRun
        ? new("GKF4291", Severity.Info, $"\"--only-failed\" chooses no job: none of \"{flow}\" failed at {service}. Nothing is left to repeat.", null)
        : new("GKF4291", Severity.Warning, $"\"--only-failed\" chooses no job: this state knows no run of \"{flow}\" at {service}. Name the right state with --state, or leave the option out.", null);

    private static Diagnostic Error(string code, Place? at, string message, string? hint = null) => new(code, Severity.Error, message, at, hint);

    private static string Range(TimeRange range) => string.Create(CultureInfo.InvariantCulture, $"{Milliseconds.Of(range.Start)}-{Milliseconds.Of(range.End)} ms");
}
