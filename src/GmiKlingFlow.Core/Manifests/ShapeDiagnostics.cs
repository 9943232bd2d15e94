using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Manifests;

/// <summary>Stage 2: readable YAML that is not shaped like a flow.</summary>
public static class ShapeDiagnostics
{
    /// <param name="owner">The map it stands in: <c>job</c>.</param>
    public static Diagnostic UnknownKey(Place at, string key, string owner, string? nearest, IReadOnlyList<string> known) =>
        Error("GKF2001", $"\"{Quoted.Short(key)}\" is no key of this {owner}. {(nearest is null ? "Remove it." : $"Did you mean \"{nearest}\"?")}", at, $"Known keys: {string.Join(", ", known)}.");

    public static Diagnostic MissingKey(Place at, string key, string owner, string example) =>
        Error("GKF2002", $"\"{key}\" is missing in this {owner}. Add \"{Quoted.Short(example)}\".", at);

    /// <param name="expected">In words: <c>a list</c>.</param>
    /// <param name="actual">In words: <c>text</c>.</param>
    public static Diagnostic WrongKind(Place at, string what, string expected, string actual) =>
        Error("GKF2003", $"\"{Quoted.Short(what)}\" must be {expected}, and this is {actual}. Change it to {expected}.", at);

    public static Diagnostic UnknownApiVersion(Place at, string version) =>
        Error("GKF2004", $"\"{Quoted.Short(version)}\" is not a version this tool knows. Write \"apiVersion: {FlowVersion.ApiVersion}\".", at);

    public static Diagnostic UnknownKindOfDocument(Place at, string kind) =>
        Error("GKF2005", $"\"{Quoted.Short(kind)}\" is not a kind of document this tool knows. Write \"kind: {FlowVersion.Kind}\".", at);

    public static Diagnostic BadFlowName(Place at, string name) =>
        Error("GKF2006", $"\"{Quoted.Short(name)}\" can't name a flow. Use 1 to 63 of a-z, 0-9 and \"-\", starting with a letter or digit.", at);

    public static Diagnostic NotOneOf(Place at, string key, string value, IReadOnlyList<string> allowed, string? nearest) =>
        Error("GKF2007", $"\"{Quoted.Short(value)}\" is not a value of \"{key}\". {(nearest is null ? $"Use {string.Join(" or ", allowed)}." : $"Did you mean \"{nearest}\"?")}", at, $"Allowed: {string.Join(", ", allowed)}.");

    public static Diagnostic NotADuration(Place at, string key, string value) =>
        Error("GKF2008", $"\"{Quoted.Short(value)}\" is not a duration for \"{key}\". Use whole milliseconds such as 1500, or 1.5s, 1500ms, 00:00:01.500.", at);

    public static Diagnostic NotANumber(Place at, string key, string value) =>
        Error("GKF2009", $"\"{Quoted.Short(value)}\" is not a number for \"{key}\". Use a number such as 1 or 0.5, without quotes.", at);

    public static Diagnostic NotAWholeNumber(Place at, string key, string value) =>
        Error("GKF2010", $"\"{Quoted.Short(value)}\" is not a whole number for \"{key}\". Use one such as 4, without quotes or fraction.", at);

    /// <param name="allowed">In words: <c>1 to 1000</c>.</param>
    public static Diagnostic OutOfRange(Place at, string key, string value, string allowed) =>
        Error("GKF2011", $"\"{Quoted.Short(value)}\" is out of range for \"{key}\". Use {allowed}.", at);

    public static Diagnostic NoneGiven(Place at, string owner, IReadOnlyList<string> keys) =>
        Error("GKF2012", $"This {owner} needs one of \"{string.Join("\", \"", keys)}\". Add exactly one.", at);

    public static Diagnostic MoreThanOneGiven(Place at, string owner, string first, string second) =>
        Error("GKF2013", $"\"{second}\" can't stand beside \"{first}\" in this {owner}. Keep one of the two.", at);

    public static Diagnostic NothingListed(Place at, string key, string owner) =>
        Error("GKF2014", $"\"{key}\" lists nothing. Add at least one {owner}.", at);

    public static Diagnostic SelectorKeys(Place at, int count) =>
        Error("GKF2015", $"A face selector has exactly one key, and this one has {count}. Write for instance \"at: 4.2s\".", at, $"Selectors: {string.Join(", ", FlowShape.Objects[FlowShape.Selector])}. For several intervals of one person give a list.");

    public static Diagnostic SelectorIsOnlyTrue(Place at, string key, string value) =>
        Error("GKF2016", $"\"{Quoted.Short(value)}\" is not a value of \"{key}\": it is either \"{key}: true\" or another selector.", at);

    public static Diagnostic NotARange(Place at, string value) =>
        Error("GKF2017", $"\"{Quoted.Short(value)}\" is not a time range. Write its start, \"..\" and a later end, such as 1s..4s.", at);

    public static Diagnostic BadEnvironmentName(Place at, string name) =>
        Error("GKF2018", $"\"{Quoted.Short(name)}\" can't name an environment variable. Use letters, digits and \"_\", not starting with a digit.", at);

    public static Diagnostic NotInInclude(Place at, string key) =>
        Error("GKF2019", $"\"{key}\" is not taken from an included file. Move it to the flow that includes this one.", at, "Included files give vars, defaults, videos and audio.");

    public static Diagnostic TemplateNotHere(Place at, string where) =>
        new("GKF2020", Severity.Warning, $"Templates are not evaluated in \"{where}\", so this text stays as it is. Use it under videos, audio, defaults or jobs.", at);

    public static Diagnostic NotAMillisecondInteger(Place at, string key, string value) =>
        Error("GKF2021", $"\"{Quoted.Short(value)}\" can't be sent as \"{key}\" in face_choose. Write whole milliseconds, such as 1500, without quotes.", at, "Under \"faces\" durations such as 1.5s are allowed.");

    public static Diagnostic UnknownVerbatimMember(Place at, string member, string? nearest) =>
        new("GKF2022", Severity.Warning, $"\"{Quoted.Short(member)}\" is not a documented member of face_choose and is sent as it is. {(nearest is null ? "Remove it if that is not meant." : $"Did you mean \"{nearest}\"?")}", at);

    public static Diagnostic NotText(Place at, string key, string value) =>
        Error("GKF2023", $"\"{Quoted.Short(value)}\" can't be sent as \"{key}\" in face_choose: it must be text. Put it in quotes.", at);

    public static Diagnostic BadName(Place at, string name) =>
        Error("GKF2024", $"\"{Quoted.Short(name)}\" can't be a name here. Use letters, digits, \"_\", \".\" and \"-\", starting with a letter, digit or \"_\".", at);

    private static Diagnostic Error(string code, string message, Place at, string? hint = null) => new(code, Severity.Error, message, at, hint);
}
