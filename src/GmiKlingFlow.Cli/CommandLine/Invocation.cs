using System.CommandLine;
using System.Globalization;
using GmiKlingFlow.Cli.Flows;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests;

namespace GmiKlingFlow.Cli.CommandLine;

/// <summary>The common options of one call, read.</summary>
/// <param name="OutputFolder">As given with <c>--out</c>, absolute; null when it is left out.</param>
/// <param name="StateFolder">As given with <c>--state</c>, absolute; null when it is left out.</param>
/// <param name="BaseUrl">As given with <c>--base-url</c>; null when it is left out.</param>
/// <param name="LogLevel">One of <see cref="CommonOptions.LogLevels"/>.</param>
internal sealed record Invocation(
    ProgramContext Context,
    Terminal Terminal,
    string Format,
    string? OutputFolder,
    string? StateFolder,
    string? BaseUrl,
    IReadOnlyList<VarOverride> Vars,
    IReadOnlyList<string> VarFiles,
    string LogLevel)
{
    private const string DefaultLogLevel = "warning";

    /// <summary>What becomes of warnings (<c>--no-warn</c>, <c>--warn-as-error</c>).</summary>
    public WarningSwitches Warnings { get; init; } = WarningSwitches.None;

    /// <summary>All that <see cref="Tell(IEnumerable{Diagnostic})"/>, <see cref="Tell(Failure)"/> and <see cref="Refuse"/> were given, for reports that are written at the end.</summary>
    public List<Diagnostic> Told { get; } = [];

    public static Invocation Of(ParseResult parse, ProgramContext context, CommonOptions common, string defaultFormat)
    {
        var terminal = parse.GetValue(common.NoColor) ? context.Terminal.WithoutColour() : context.Terminal;
        return new Invocation(
            context,
            parse.GetValue(common.NoProgress) ? terminal.WithoutProgress() : terminal,
            common.Format.In(parse) ?? defaultFormat,
            Absolute(common.Out),
            Absolute(common.State),
            common.BaseUrl.In(parse),
            [.. common.Var.AllIn(parse).Select(CommandLineValues.NameAndValue).OfType<VarOverride>()],
            [.. common.VarFile.AllIn(parse).Select(context.FullPath)],
            common.LogLevel.In(parse) ?? DefaultLogLevel)
        {
            Warnings = new WarningSwitches(common.NoWarn.AllIn(parse).ToHashSet(StringComparer.Ordinal), parse.GetValue(common.WarnAsError)),
        };

        string? Absolute(CheckedOption option) => option.In(parse) is { } path ? context.FullPath(path) : null;
    }

    /// <summary>A call whose options are all left out.</summary>
    public static Invocation WithoutOptions(ProgramContext context, string defaultFormat) =>
        new(context, context.Terminal, defaultFormat, null, null, null, [], [], DefaultLogLevel);

    // So many warnings of one code are shown to people.
    private const int MostOfAKind = 5;

    public void Tell(Failure failure)
    {
        Told.Add(new Diagnostic(failure.Code, Severity.Error, failure.Message, Place: null, failure.Hint));
        new DiagnosticText(Terminal, Context.WorkingDirectory).Write(failure);
    }

    /// <summary>Tells diagnostics to people, unless standard output carries exactly them.</summary>
    public void Tell(IEnumerable<Diagnostic> diagnostics)
    {
        var before = Told.Count;
        diagnostics = [.. diagnostics];
        Told.AddRange(diagnostics);
        if (Told.Count == before || DiagnosticReport.Formats.Contains(Format))
        {
            return;
        }

        // A matrix makes one oversight a thousand warnings: after a few of a kind people know.
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        int Count(Diagnostic warning) => counts[warning.Code] = counts.GetValueOrDefault(warning.Code) + 1;
        new DiagnosticText(Terminal, Context.WorkingDirectory).Write([.. diagnostics.Where(problem => problem.Severity == Severity.Error || Count(problem) <= MostOfAKind)]);
        foreach (var (code, count) in counts)
        {
            if (count > MostOfAKind)
            {
                Terminal.Say(string.Create(CultureInfo.InvariantCulture, $"... and {count - MostOfAKind} more {code}. \"gkflow validate --format json\" shows all of them, --no-warn {code} none."));
            }
        }
    }

    /// <summary>Tells why a state can't be used.</summary>
    /// <returns>The exit code that goes with it.</returns>
    public int TellUnusable(OpenedState state)
    {
        if (state.Failure is { } failure)
        {
            Tell(failure);
        }

        return ExitCodes.StateUnusable;
    }

    /// <summary>Tells what is wrong with the command line.</summary>
    /// <returns>The exit code that goes with it.</returns>
    public int Refuse(params ReadOnlySpan<Diagnostic> problems)
    {
        Told.AddRange(problems);
        new DiagnosticText(Terminal, Context.WorkingDirectory).Write(problems);
        return ExitCodes.WrongInput;
    }
}
