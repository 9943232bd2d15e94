using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Cli.Checkups;

/// <summary>One thing that was looked at.</summary>
/// <param name="Check">What was looked at, in one word: <c>key</c>, <c>service</c>, <c>clock</c> ...</param>
/// <param name="Severity"><see cref="Severity.Info"/>: it is well.</param>
/// <param name="Message">What is, and where something is wrong what to do.</param>
/// <param name="Code">Null for what is well.</param>
/// <param name="ExitCode">What a run would end with because of it.</param>
internal sealed record Finding(string Check, Severity Severity, string Message, string? Code = null, string? Hint = null, int ExitCode = 0)
{
    /// <summary>True: it was not looked at, and nobody knows whether it is well.</summary>
    public bool IsLeftOut { get; init; }

    public static Finding Well(string check, string message) => new(check, Severity.Info, message);

    public static Finding LeftOut(string check, string message) => new(check, Severity.Info, message) { IsLeftOut = true };

    public static Finding Of(string check, Diagnostic problem, int exitCode) =>
        new(check, problem.Severity, problem.Message, problem.Code, problem.Hint, problem.Severity == Severity.Error ? exitCode : 0);

    public static Finding Of(string check, Failure failure, int exitCode) => new(check, Severity.Error, failure.Message, failure.Code, failure.Hint, exitCode);
}
