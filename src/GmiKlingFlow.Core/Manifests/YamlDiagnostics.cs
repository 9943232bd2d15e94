using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Manifests;

/// <summary>Stage 1: the file can't be read as YAML.</summary>
public static class YamlDiagnostics
{
    private static Diagnostic Error(string code, string message, Place at, string? hint = null) => new(code, Severity.Error, message, at, hint);

    /// <param name="problem">The parser's own words.</param>
    public static Diagnostic NotYaml(Place at, string problem) =>
        Error("GKF1001", $"This is not valid YAML: {problem}", at, "The place is where the parser gave up; the cause may be a little before it.");

    public static Diagnostic TabIndentation(Place at) =>
        Error("GKF1002", "A tab can't indent YAML. Use spaces.", at);

    public static Diagnostic TemplateNeedsQuotes(Place at, string value) =>
        Error("GKF1003", $"\"{Quoted.Short(value)}\" holds a template and needs quotes here. Put the whole value in double quotes.", at, "Without quotes YAML reads { as the start of a map.");

    public static Diagnostic DuplicateKey(Place at, string key, SourceSpan first) =>
        Error("GKF1004", $"\"{Quoted.Short(key)}\" is already given in this map. Keep one of the two.", at) with
        {
            Related = [new RelatedPlace($"\"{Quoted.Short(key)}\" is first given here.", first)],
        };

    public static Diagnostic UnknownAlias(Place at, string alias, string? nearest) =>
        Error("GKF1005", $"\"*{Quoted.Short(alias)}\" has no anchor before it. {(nearest is null ? "Mark the value it stands for with" : "Did you mean")} \"{(nearest is null ? "&" : "*")}{Quoted.Short(nearest ?? alias)}\"{(nearest is null ? "." : "?")}", at);

    public static Diagnostic SelfReferringAlias(Place at, string alias) =>
        Error("GKF1006", $"\"*{Quoted.Short(alias)}\" stands inside the value that it names. A value can't hold itself; write it out.", at);

    public static Diagnostic TooManyAliases(Place at, long limit) =>
        Error("GKF1007", $"Written out, the aliases of this document make more than {Quoted.Count(limit)} values. Use fewer aliases inside aliased values.", at);

    public static Diagnostic TooDeep(Place at, int limit) =>
        Error("GKF1008", $"Values are nested more than {limit} levels deep here. Flatten them.", at);

    public static Diagnostic FileTooLarge(Place at, string file, long bytes, long limit) =>
        Error("GKF1009", $"\"{file}\" has {Quoted.Count(bytes)} bytes; the limit is {Quoted.Count(limit)}. Split it, or use a matrix.", at);

    public static Diagnostic NotUtf8(Place at) =>
        Error("GKF1010", "The bytes here are not UTF-8. Save the file as UTF-8.", at);

    public static Diagnostic OtherUnicodeEncoding(Place at, string encoding) =>
        Error("GKF1011", $"The file is encoded as \"{encoding}\". Save it as UTF-8.", at);

    public static Diagnostic ControlCharacter(Place at, int code) =>
        Error("GKF1012", $"The character \"U+{code:X4}\" can't stand in YAML as it is. Remove it, or write it as \"\\u{code:X4}\" in double quotes.", at);

    public static Diagnostic NothingInFile(Place at, string file, bool isIncluded) =>
        Error("GKF1013", $"\"{file}\" holds no YAML value. {(isIncluded ? "Write its vars, defaults, videos or audio, or don't include it." : "A flow starts with \"apiVersion: gmiklingflow/v1\".")}", at);

    public static Diagnostic FileMissing(Place? at, string file) =>
        new("GKF1014", Severity.Error, $"\"{file}\" does not exist. Check the path.", at);

    public static Diagnostic FileIsDirectory(Place? at, string file) =>
        new("GKF1015", Severity.Error, $"\"{file}\" is a folder. Give the file in it.", at);

    public static Diagnostic FileUnreadable(Place? at, string file, string reason) =>
        new("GKF1016", Severity.Error, $"\"{file}\" can't be read: {reason}. Check the file and its permissions.", at);

    public static Diagnostic KeyIsNotText(Place at, string kind) =>
        Error("GKF1017", $"A key of a map must be plain text, and this one is {kind}. Write a name before the \":\".", at);

    public static Diagnostic UnknownTag(Place at, string tag) =>
        Error("GKF1018", $"The tag \"{Quoted.Short(tag)}\" has no meaning here. Remove it.", at, "Only YAML's own tags such as !!str are known.");

    public static Diagnostic MergeNeedsMaps(Place at, string kind) =>
        Error("GKF1019", $"\"<<\" merges a map or a list of maps, and this is {kind}. Give an alias such as \"*name\" of a map.", at);

    public static Diagnostic TagDoesNotFit(Place at, string tag, string value) =>
        Error("GKF1020", $"\"{Quoted.Short(value)}\" is not what its tag \"{tag}\" says. Change the value, or remove the tag.", at);
}
