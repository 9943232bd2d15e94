using System.CommandLine;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Comparing;
using GmiKlingFlow.Core.Planning.Saving;

namespace GmiKlingFlow.Cli.Flows;

/// <summary>The options that hold a plan against a base: <c>--against</c> shows what a change does, <c>--check</c> answers by exit code too.</summary>
internal sealed class PlanAgainst
{
    private readonly CheckedOption against = CheckedOption.Text(
        "--against", "FILE|REV:PATH", "Shows what differs from results.json, a plan's JSON, or the flow in a git revision, and what that costs. REV: alone means this flow's path.");

    private readonly CheckedOption check = CheckedOption.Text(
        "--check", "FILE", "Compares with a plan that was saved or printed as JSON, and exits with 10 when the flow plans something else.");

    public void AddTo(Command command)
    {
        command.Options.Add(against);
        command.Options.Add(check);
    }

    /// <summary>Whether the comparison decides the exit code.</summary>
    public bool IsCheck(ParseResult parse) => check.In(parse) is not null;

    /// <returns>What is wrong with the two options; null when nothing is.</returns>
    public Diagnostic? Problem(ParseResult parse, int flows) => (against.In(parse), check.In(parse)) switch
    {
        (null, null) => null,
        (not null, not null) => CommandLineDiagnostics.OneBase(),
        var (one, _) when flows > 1 => CommandLineDiagnostics.BaseForOneFlow(one is null ? "--check" : "--against", flows),
        _ => null,
    };

    /// <returns>The comparison, or why there can be none; neither where none is asked for.</returns>
    public async Task<(PlanComparison? Comparison, Diagnostic? Problem)> CompareAsync(
        Plan plan, PlanOrigin origin, OpenedState state, ParseResult parse, Invocation invocation, CancellationToken cancellationToken)
    {
        if ((against.In(parse) ?? check.In(parse)) is not { } value)
        {
            return (null, null);
        }

        var (before, problem) = await BaseAsync(value, IsCheck(parse), plan, origin, invocation, cancellationToken);
        return before is null ? (null, problem) : (PlanComparison.Of(plan, before, Parts(state), origin.Selection()), null);
    }

    private static async Task<(PlanBase? Base, Diagnostic? Problem)> BaseAsync(
        string value, bool isCheck, Plan plan, PlanOrigin origin, Invocation invocation, CancellationToken cancellationToken)
    {
        var path = invocation.Context.FullPath(value);
        if (!isCheck && !File.Exists(path) && RevisionBase.Is(value))
        {
            return await new RevisionBase(invocation, origin).ReadAsync(value, plan.Flow, cancellationToken);
        }

        var (before, unreadable) = PlanBaseReader.Read(path, value);
        return before is null ? (null, CommandLineDiagnostics.BaseUnreadable(value, unreadable ?? "it can't be read"))
            : isCheck && before.Kind != PlanBaseKind.Plan ? (null, CommandLineDiagnostics.NotAPlanToCheck(value))
            : (before, null);
    }

    private static Func<string, IReadOnlyList<KeyValuePair<string, string>>?> Parts(OpenedState state)
    {
        var known = (state.Store?.ListJobs() ?? []).DistinctBy(static job => job.Key).ToDictionary(static job => job.Key, static job => job.KeyParts, StringComparer.Ordinal);
        return key => known.GetValueOrDefault(key);
    }
}
