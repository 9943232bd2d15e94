using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Templating;

/// <summary>What can be wrong with a template: <c>GKF30xx</c> in its text, <c>GKF31xx</c> with names and values, <c>GKF32xx</c> with its size.</summary>
public static class TemplateDiagnostics
{
    public static Diagnostic NotClosed(Place at) =>
        Error("GKF3001", at, "\"{{\" is not closed. End the expression with \"}}\", or write {%{ {{ }%} for the characters themselves.");

    public static Diagnostic UnknownCharacter(Place at, string character) =>
        Error("GKF3002", at, $"{Quoted(character)} has no meaning in an expression. Put text in quotes, or remove it.");

    public static Diagnostic Unexpected(Place at, string found, string expected) =>
        Error("GKF3003", at, $"{Quoted(found)} stands where {expected} is expected.");

    public static Diagnostic TextNotClosed(Place at) =>
        Error("GKF3004", at, "The text that starts here has no closing quote. Close it with the quote it starts with.");

    public static Diagnostic UnknownEscape(Place at, string escape) =>
        Error("GKF3005", at, $"{Quoted(escape)} is not an escape. Use \\\\ \\\" \\' \\n \\r \\t \\b \\f \\xFF or \\uFFFF; or put the text between backticks.");

    public static Diagnostic NotANumber(Place at, string written) =>
        Error("GKF3006", at, $"{Quoted(written)} is not a number. Write 100, 1.5, 1e3 or 0xFF; a text needs quotes.");

    public static Diagnostic Empty(Place at) =>
        Error("GKF3007", at, "There is no expression between \"{{\" and \"}}\". Write one, or remove both.");

    public static Diagnostic MoreThanOne(Place at, string found) =>
        Error("GKF3008", at, $"{Quoted(found)} comes after the end of the expression. A \"{{{{ }}}}\" holds one: join with an operator, or use a second one.");

    public static Diagnostic StatementNotOffered(Place at, string word, string alternative) =>
        Error("GKF3009", at, $"{Quoted(word)} is a statement, and templates hold expressions only. {alternative}");

    public static Diagnostic OperatorNotOffered(Place at, string symbol, string alternative) =>
        Error("GKF3010", at, $"{Quoted(symbol)} is not offered in templates. {alternative}");

    public static Diagnostic TooDeep(Place at, int limit) =>
        Error("GKF3011", at, $"The expression goes deeper than {limit} levels. Put a part of it in \"vars:\".");

    public static Diagnostic UnknownName(Place at, string name, string? nearest) =>
        Error("GKF3101", at, $"{Quoted(name)} is not a name that templates can read. {DidYouMean(nearest, "Put your own values under \"vars:\" and write vars.name.")}");

    public static Diagnostic NameNotHere(Place at, string name, string reason) =>
        Error("GKF3102", at, $"{Quoted(name)} can't be read here: {reason}. Take it out, or compute it where it is known.");

    public static Diagnostic UnknownFunction(Place at, string name, string? nearest) =>
        Error("GKF3103", at, $"{Quoted(name)} is not a function. {DidYouMean(nearest, "The functions are in schemas/README.md.")}");

    public static Diagnostic UnknownMember(Place at, string name, string target, string? nearest) =>
        Error("GKF3104", at, $"{Quoted(name)} is not in {Quoted(target)}. {DidYouMean(nearest, "Add it, or write \"?? value\" after it for the case that it is missing.")}");

    public static Diagnostic MemberOfNull(Place at, string target, string member) =>
        Error("GKF3105", at, $"{Quoted(target)} is null, so {Quoted(member)} can't be read from it. Use \"?.\" where that is allowed.");

    public static Diagnostic NoMembers(Place at, string name, string kind) =>
        Error("GKF3106", at, $"{Quoted(name)} can't be read from {kind}. Only maps, lists, texts, dates and timespans have members.");

    public static Diagnostic CannotIndex(Place at, string target, string key) =>
        Error("GKF3107", at, $"{Capital(target)} can't be indexed with {key}. Lists and texts take whole numbers, maps take keys.");

    public static Diagnostic IndexOutOfRange(Place at, string index, int count) =>
        Error("GKF3108", at, count == 0
            ? $"{Quoted(index)} is outside: there are no elements. Write \"?? value\" for the case that it is missing."
            : $"{Quoted(index)} is outside the {count} elements. Use 0 to {count - 1}, or -1 for the last.");

    public static Diagnostic ArgumentCount(Place at, string function, string signature, int given) =>
        Error("GKF3109", at, $"{Quoted(function)} does not take {given} {(given == 1 ? "argument" : "arguments")}. Write {Quoted(signature)}; what is piped in counts first.");

    public static Diagnostic ArgumentKind(Place at, string function, string parameter, string expected, string given) =>
        Error("GKF3110", at, $"{Quoted(given)} can't be \"{parameter}\" of {Quoted(function)}, which takes {expected}.");

    public static Diagnostic UnknownArgument(Place at, string name, string signature, string? nearest) =>
        Error("GKF3111", at, $"{Quoted(name)} is not an argument of {Quoted(signature)}. {DidYouMean(nearest, "Use one of those names, or none.")}");

    public static Diagnostic ArgumentTwice(Place at, string name, string function) =>
        Error("GKF3112", at, $"{Quoted(name)} of {Quoted(function)} is given twice. Leave one out; what is piped in is the first argument.");

    public static Diagnostic ArgumentUnfit(Place at, string function, string given, string expected) =>
        Error("GKF3113", at, $"{Quoted(given)} does not fit {Quoted(function)}. It needs {expected}.");

    public static Diagnostic OperatorUnfit(Place at, string symbol, string left, string right) =>
        Error("GKF3114", at, $"{Quoted(symbol)} does not work between {left} and {right}. Convert one of them first.");

    public static Diagnostic OperatorNeedsNumber(Place at, string symbol, string kind) =>
        Error("GKF3115", at, $"{Quoted(symbol)} needs a number after it, not {kind}.");

    public static Diagnostic DivisionByZero(Place at) =>
        Error("GKF3116", at, "The result is not a number: something is divided by zero or grows without end. Check the divisor.");

    public static Diagnostic NumberTooLarge(Place at) =>
        Error("GKF3117", at, "The number is too large. Whole numbers go from -9223372036854775808 to 9223372036854775807.");

    public static Diagnostic DateOutOfRange(Place at) =>
        Error("GKF3118", at, "The date is outside the years 1 to 9999. Add or subtract less.");

    public static Diagnostic NoClock(Place at) =>
        Error("GKF3119", at, "\"date.now\" is not offered: a plan may not depend on the clock. Pass the date with --var.");

    public static Diagnostic TooManySteps(Place at, int limit) =>
        Error("GKF3201", at, $"The template takes more than {limit} steps. Make less of it, or compute the value before and pass it with --var.");

    public static Diagnostic TooLong(Place at, int limit) =>
        Error("GKF3202", at, $"The template makes a text or list longer than {limit}. Repeat, pad or join less.");

    private static Diagnostic Error(string code, Place at, string message) => new(code, Severity.Error, message, at);

    private static string Quoted(string value) => $"\"{Shown.Cut(value)}\"";

    private static string DidYouMean(string? nearest, string otherwise) => nearest is null ? otherwise : $"Did you mean \"{nearest}\"?";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
