using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Manifests;

/// <summary>Stage 4, first part: names, matrix, outputs, sources, includes and variables of a well-shaped flow.</summary>
public static class MeaningDiagnostics
{
    public static Diagnostic UnknownVideo(Place at, string name, string? nearest) =>
        Error("GKF4001", $"\"{Quoted.Short(name)}\" is not under \"videos\". {Nearest(nearest, "Add it there, or use a name that is.")}", at);

    public static Diagnostic UnknownAudio(Place at, string name, string? nearest) =>
        Error("GKF4002", $"\"{Quoted.Short(name)}\" is not under \"audio\". {Nearest(nearest, "Add it there, or use a name that is.")}", at);

    public static Diagnostic UnknownFace(Place at, string name, string video, string? nearest) =>
        Error("GKF4003", $"\"{Quoted.Short(name)}\" is not a face of video \"{Quoted.Short(video)}\". {Nearest(nearest, $"Add it to the video's \"faces\", or give a selector such as {{ at: 4.2s }}.")}", at);

    public static Diagnostic DuplicateJobId(Place at, string id, SourceSpan first) =>
        Error("GKF4004", $"\"{Quoted.Short(id)}\" is already the id of another job. Give each job its own.", at) with
        {
            Related = [new RelatedPlace("The other job's id is given here.", first)],
        };

    public static Diagnostic JobIdLacksMatrix(Place at, string id, string axis) =>
        Error("GKF4005", $"\"{Quoted.Short(id)}\" is the id of every row of this matrix. Add what tells them apart, such as \"-{{{{ matrix.{axis} }}}}\".", at);

    public static Diagnostic BadJobId(Place at, string id) =>
        Error("GKF4006", $"\"{Quoted.Short(id)}\" can't be a job's id. Use 1 to 128 of A-Z, a-z, 0-9, \".\", \"_\" and \"-\", starting with a letter or digit.", at, "An id also names files, so it can't end in \".\" or be a device name such as CON.");

    /// <param name="reason">From <see cref="OutputPath.Problem"/>.</param>
    public static Diagnostic BadOutput(Place at, string output, string reason) =>
        Error("GKF4007", $"\"{Quoted.Short(output)}\" can't be an output: {reason}. Use a relative path such as clips/host.mp4.", at);

    public static Diagnostic OutputTaken(Place at, string output, string otherOutput, string otherJob, SourceSpan other) =>
        Error("GKF4008", $"\"{Quoted.Short(output)}\" collides with \"{Quoted.Short(otherOutput)}\", the output of job \"{Quoted.Short(otherJob)}\". Give each job its own file.", at, "Names that differ only in upper and lower case are one file on many disks.") with
        {
            Related = [new RelatedPlace($"Job \"{Quoted.Short(otherJob)}\" writes \"{Quoted.Short(otherOutput)}\".", other)],
        };

    public static Diagnostic SourceMissing(Place at, string source, string? hint) =>
        Error("GKF4009", $"\"{Quoted.Short(source)}\" does not exist. Paths start from the folder of the file that writes them.", at, hint);

    public static Diagnostic SourceOutside(Place at, string source) =>
        Error("GKF4010", $"\"{Quoted.Short(source)}\" lies outside the flow's folder and the working directory. Move it, or add its folder with --allow-path.", at, "Symbolic links are followed before this is checked.");

    public static Diagnostic SourceIsFolder(Place at, string source) =>
        Error("GKF4011", $"\"{Quoted.Short(source)}\" is a folder. Give the file in it.", at);

    public static Diagnostic SourceUnreadable(Place at, string source, string reason) =>
        Error("GKF4012", $"\"{Quoted.Short(source)}\" can't be read: {reason}. Check the file and its permissions.", at);

    /// <param name="scheme">Such as <c>ftp</c>.</param>
    public static Diagnostic UnusableUrl(Place at, string scheme, string reason) =>
        Error("GKF4013", $"A \"{Quoted.Short(scheme)}\" URL can't be used here: {reason}. Use an https URL or a local path.", at);

    /// <summary>The URL itself is not shown: it holds a password.</summary>
    public static Diagnostic UrlWithCredentials(Place at, string host) =>
        Error("GKF4014", $"The URL at \"{Quoted.Short(host)}\" holds a user name or password, which would be sent to the service. Use a URL without.", at);

    public static Diagnostic DataPrefix(Place at, string key) =>
        Error("GKF4015", $"\"{key}\" starts with \"data:\", which the API does not take. Give the Base64 text alone, without that prefix.", at);

    public static Diagnostic IncludeCycle(Place at, string file, string chain) =>
        Error("GKF4016", $"\"{Quoted.Short(file)}\" includes itself: {Quoted.Short(chain)}. Remove one of these includes.", at);

    public static Diagnostic TooManyIncludes(Place at, string file, int limit) =>
        Error("GKF4017", $"\"{Quoted.Short(file)}\" would be read beyond the limit of {limit} included files or 20 levels. Include fewer files.", at);

    public static Diagnostic TooManyJobs(Place at, long jobs, int limit) =>
        Error("GKF4018", $"\"matrix\" brings the flow to {Quoted.Count(jobs)} jobs; the limit is {Quoted.Count(limit)}. Use fewer values, or several flows.", at);

    public static Diagnostic EmptyAxis(Place at, string axis) =>
        Error("GKF4019", $"\"{Quoted.Short(axis)}\" has no values, so this matrix makes no job. Add a value, or remove the key.", at);

    public static Diagnostic UnknownExcludeKey(Place at, string key, string? nearest) =>
        Error("GKF4020", $"\"{Quoted.Short(key)}\" is not a key of this matrix, so it excludes nothing. {Nearest(nearest, "Use one of the matrix's own keys.")}", at);

    public static Diagnostic NoRows(Place at) =>
        Warning("GKF4021", "\"matrix\" leaves no row after \"exclude\", so this job makes nothing. Exclude less, or remove the job.", at);

    public static Diagnostic WhenIsNotBoolean(Place at, string value) =>
        Error("GKF4022", $"\"{Quoted.Short(value)}\" is neither true nor false. Let \"when\" compare, such as \"{{{{ matrix.locale != 'fr' }}}}\".", at);

    public static Diagnostic EnvironmentNotSet(Place at, string name) =>
        Warning("GKF4024", $"\"{name}\" is not set, so \"env.{name}\" is null. Set it, or give a default with \"??\".", at);

    public static Diagnostic EnvironmentIsSecret(Place at, string name) =>
        Error("GKF4025", $"\"{name}\" belongs to the service's access and can't be read by a flow. Remove it.", at);

    public static Diagnostic VarNotInFlow(string name, string? nearest) =>
        new("GKF4026", Severity.Warning, $"\"{Quoted.Short(name)}\" from the command line is not under \"vars\". {Nearest(nearest, "Check its spelling.")}", null);

    /// <param name="reason">A clause such as <c>"cdn" is not a map</c>.</param>
    public static Diagnostic BadVarOverride(string name, string reason) =>
        new("GKF4027", Severity.Error, $"\"{Quoted.Short(name)}\" can't be set with --var: {reason}. Write --var name=value or --var map.name=value.", null);

    public static Diagnostic VarFileIsNotAMap(Place at, string kind) =>
        Error("GKF4028", $"A --var-file must be a map of names to values, and this is {kind}. Write \"name: value\" lines.", at);

    public static Diagnostic DuplicateFlowName(Place at, string name, SourceSpan first) =>
        Error("GKF4029", $"\"{name}\" is already the name of a flow in this file. Give each flow its own name.", at) with
        {
            Related = [new RelatedPlace($"\"{name}\" is first used here.", first)],
        };

    /// <param name="expected">In words: <c>text</c>.</param>
    /// <param name="actual">In words: <c>a list</c>.</param>
    public static Diagnostic TemplateGaveWrongKind(Place at, string key, string expected, string actual) =>
        Error("GKF4030", $"\"{key}\" must be {expected}, and the template here gives {actual}. Change the template, or what it reads.", at);

    public static Diagnostic MoreOfTheSame(Place at, string code, long count) =>
        new("GKF4031", Severity.Info, $"\"{code}\" is reported here for {Quoted.Count(count)} more jobs of this matrix. Mend the first, then look again.", at);

    public static Diagnostic LocalFileInVerbatim(Place at, string value) =>
        Error("GKF4032", $"\"{Quoted.Short(value)}\" is a local file, and face_choose is sent as written. Use \"faces\" for it, or give an https URL.", at);

    private static string Nearest(string? nearest, string otherwise) => nearest is null ? otherwise : $"Did you mean \"{Quoted.Short(nearest)}\"?";

    private static Diagnostic Error(string code, string message, Place at, string? hint = null) => new(code, Severity.Error, message, at, hint);

    private static Diagnostic Warning(string code, string message, Place at) => new(code, Severity.Warning, message, at);
}
