using System.CommandLine;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Cli.CommandLine;

/// <summary>One command of the program: its options, its call, its exit code.</summary>
internal abstract class CliCommand : Command, IHasExamples
{
    private readonly ProgramContext context;
    private readonly CommonOptions common;

    protected CliCommand(string name, string description, ProgramContext context, CommonOptions common)
        : base(name, description)
    {
        this.context = context;
        this.common = common;
        SetAction(InvokeAsync);
    }

    public abstract IReadOnlyList<Example> Examples { get; }

    /// <summary>What <c>--format</c> may be; the first is the default.</summary>
    protected virtual IReadOnlyList<string> Formats => ["text"];

    /// <summary><see cref="Formats"/>, for help and completion.</summary>
    public IReadOnlyList<string> KnownFormats => Formats;

    /// <returns>The exit code.</returns>
    protected abstract Task<int> RunAsync(ParseResult parse, Invocation invocation, CancellationToken cancellationToken);

    /// <summary>The flows a command works on.</summary>
    protected static Argument<string[]> FlowsArgument(string description) => new("flows")
    {
        HelpName = "FLOW",
        Arity = ArgumentArity.OneOrMore,
        Description = description,
    };

    /// <summary>The options that switch warnings off, or to errors.</summary>
    protected void AddWarningSwitches() => common.AddWarningSwitchesTo(this);

    private Task<int> InvokeAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var invocation = Invocation.Of(parse, context, common, Formats[0]);
        if (CheckedOption.OneOf("--format", invocation.Format, Formats) is { } problem)
        {
            return Task.FromResult(invocation.Refuse(problem));
        }

        return RunAsync(parse, invocation, cancellationToken);
    }
}
