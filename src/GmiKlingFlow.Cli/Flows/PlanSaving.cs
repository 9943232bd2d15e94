using System.CommandLine;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Commands;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Saving;

namespace GmiKlingFlow.Cli.Flows;

/// <summary>The option <c>-o</c> of <c>plan</c>: keeps a plan that <c>run</c> executes.</summary>
internal sealed class PlanSaving
{
    private readonly CheckedOption save = CheckedOption.Text("-o", "FILE", "Saves the plan; gkflow run FILE then executes exactly that, once.");

    public void AddTo(Command command) => command.Options.Add(save);

    /// <returns>The file as given; null when it is not asked for.</returns>
    public string? File(ParseResult parse) => save.In(parse);

    /// <returns>Why nothing may be saved; null when it may, or is not asked for.</returns>
    public Diagnostic? Problem(ParseResult parse, int flows, Invocation invocation) =>
        save.In(parse) is not { } target ? null
        : flows > 1 ? CommandLineDiagnostics.OnePlanForOneFlow(flows)
        : PlanFile.Problem(invocation.Context.FullPath(target), target);

    /// <returns>The exit code: it could be written, or not.</returns>
    public int Save(Plan plan, PlanOrigin origin, bool hasErrors, ParseResult parse, Invocation invocation)
    {
        if (save.In(parse) is not { } target)
        {
            return ExitCodes.Done;
        }

        if (hasErrors)
        {
            invocation.Terminal.Say($"{target} was not written: what has errors can't be run.");
            return ExitCodes.Done;
        }

        try
        {
            PlanFile.Write(invocation.Context.FullPath(target), plan, origin);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            invocation.Tell([CommandLineDiagnostics.PlanNotWritten(target, Printable.Line(e.Message).TrimEnd('.'))]);
            return ExitCodes.StateUnusable;
        }

        invocation.Terminal.Say($"Saved as {target}; {CommandText.Of(RunCommand.CommandName, [target], [])} executes exactly this.");
        return ExitCodes.Done;
    }
}
