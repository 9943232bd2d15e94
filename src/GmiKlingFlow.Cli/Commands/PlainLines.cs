using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Flows;
using GmiKlingFlow.Cli.Hosting;

namespace GmiKlingFlow.Cli.Commands;

/// <summary>
/// Answers <c>--version</c>, <c>--help</c> and <c>validate FLOW...</c> without options, what hooks and pipelines ask all day, without the parser:
/// it is a third of their time (tests/Benchmarks, start-up). The answers are those of the commands, and a test holds them to it.
/// </summary>
internal static class PlainLines
{
    /// <returns>The exit code; null when the line needs the parser.</returns>
    public static int? Answer(IReadOnlyList<string> args, ProgramContext context)
    {
        switch (args)
        {
            case ["--version"]:
                GkflowCommand.WriteVersion(context.Terminal);
                return ExitCodes.Done;
            case ["--help" or "-h"]:
                new HelpLayout(context.Terminal).Write(RootHelp.Sheet());
                return ExitCodes.Done;
            case var check when IsCheck(check):
                return Validate(args, context);
            default:
                return null;
        }
    }

    /// <summary>True for <c>validate FLOW...</c> without options.</summary>
    public static bool IsCheck(IReadOnlyList<string> args) => args.Count > 1 && args[0] == ValidateCommand.CommandName && AreFiles(args);

    /// <summary>Words that mean nothing but themselves to the parser.</summary>
    private static bool AreFiles(IReadOnlyList<string> args)
    {
        for (var i = 1; i < args.Count; i++)
        {
            if (args[i].Length == 0 || args[i][0] is not ('/' or '.' or '_') && !char.IsAsciiLetterOrDigit(args[i][0]))
            {
                return false;
            }
        }

        return true;
    }

    private static int Validate(IReadOnlyList<string> args, ProgramContext context)
    {
        var invocation = Invocation.WithoutOptions(context, ValidateCommand.DefaultFormat);
        var (reader, validation) = (new FlowReader(invocation, [], online: false, hashes: false), new FlowValidation(invocation));
        for (var i = 1; i < args.Count; i++)
        {
            validation.Add(args[i], reader.Read(args[i]));
        }

        return validation.HasErrors ? ExitCodes.WrongInput : ExitCodes.Done;
    }
}
