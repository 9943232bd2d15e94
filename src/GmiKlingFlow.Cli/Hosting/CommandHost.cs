using System.CommandLine;
using System.CommandLine.Invocation;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Commands;
using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Cli.Hosting;

/// <summary>Runs one command line, and is the only place that catches what nobody expected.</summary>
internal static class CommandHost
{
    // An "@" begins a file name as well as a response file: a flow's name must mean the flow.
    public static readonly ParserConfiguration Parsing = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    /// <returns>The exit code.</returns>
    public static int RunProcess(string[] args)
    {
        if (PlainLines.IsCheck(args))
        {
            HeadStart.Begin();
        }

        var context = ProgramContext.OfProcess();
        return RunPlain(args, context) ?? RunParsedAsync(args, context).GetAwaiter().GetResult();
    }

    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(IReadOnlyList<string> args, ProgramContext context) =>
        RunPlain(args, context) is { } exitCode ? Task.FromResult(exitCode) : RunParsedAsync(args, context);

    /// <summary>As <see cref="RunAsync"/> through the parser, whatever the line.</summary>
    internal static async Task<int> RunParsedAsync(IReadOnlyList<string> args, ProgramContext context)
    {
        try
        {
            var exitCode = await InvokeAsync(args, context);
            context.Terminal.Flush();
            return exitCode;
        }
        catch (Exception e)
        {
            return Tell(args, context, e);
        }
    }

    // Without an async method on the way: each one that is started is compiled at start.
    private static int? RunPlain(IReadOnlyList<string> args, ProgramContext context)
    {
        try
        {
            var exitCode = PlainLines.Answer(args, context);
            if (exitCode is not null)
            {
                context.Terminal.Flush();
            }

            return exitCode;
        }
        catch (Exception e)
        {
            return Tell(args, context, e);
        }
    }

    private static int Tell(IReadOnlyList<string> args, ProgramContext context, Exception e)
    {
        switch (e)
        {
            case OperationCanceledException:
                return ExitCodes.Interrupted;
            case LostResourceException lost:
                // The state, damaged where it shows only when read, as while planning. Named by its base: validate must not load the runtime for it.
                new DiagnosticText(context.Terminal, context.WorkingDirectory).Write(lost.Failure);
                return ExitCodes.StateUnusable;
            case UnauthorizedAccessException:
            case IOException when !IsOfTheProgram(e):
                new DiagnosticText(context.Terminal, context.WorkingDirectory).Write([CommandLineDiagnostics.NotWritten(Printable.Line(e.Message).TrimEnd('.'))]);
                SayTrace(args, context.Terminal, e);
                return ExitCodes.StateUnusable;
            default:
                context.Terminal.Say($"gkflow {GkflowCommand.Version} has a bug: {e.GetType().Name}: {Printable.Line(e.Message)}");
                context.Terminal.Say("What was recorded so far is kept; running the same command again goes on from there.");
                context.Terminal.Say("Please report this line and your command where you got gkflow from: its README names the place.");
                SayTrace(args, context.Terminal, e);
                return ExitCodes.Bug;
        }
    }

    private static async Task<int> InvokeAsync(IReadOnlyList<string> args, ProgramContext context)
    {
        var parse = GkflowCommand.Create(context, args).Parse(args, Parsing);
        var answersWithoutCommand = parse.Action is not null and not ParseErrorAction && parse.Action.ClearsParseErrors;
        if (!answersWithoutCommand && CommandLineProblems.Of(parse, args) is { Count: > 0 } problems)
        {
            var terminal = args.Contains("--no-color") ? context.Terminal.WithoutColour() : context.Terminal;
            new DiagnosticText(terminal, context.WorkingDirectory).Write([.. problems]);
            return ExitCodes.WrongInput;
        }

        return await parse.InvokeAsync(new InvocationConfiguration
        {
            Output = context.Terminal.Data,
            Error = context.Terminal.Talk,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        });
    }

    // A part of the program that can't be loaded is told by the same types as a file.
    private static bool IsOfTheProgram(Exception e) =>
        e is FileLoadException || (e is FileNotFoundException { FileName: { } name } && name.Contains(", Version=", StringComparison.Ordinal));

    private static void SayTrace(IReadOnlyList<string> args, Terminal terminal, Exception e)
    {
        // Read from the raw words: the parser itself may be what failed.
        if (args.Contains("--log-level=debug") || args.Zip(args.Skip(1)).Any(static pair => pair is ("--log-level", "debug")))
        {
            terminal.Say(e.ToString());
        }
        else
        {
            terminal.Say("(--log-level debug shows where it happened.)");
        }
    }
}
