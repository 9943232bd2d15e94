using System.CommandLine;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Output.Verifications;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Runtime.Results;
using GmiKlingFlow.Runtime.Verification;

namespace GmiKlingFlow.Cli.Commands;

/// <summary><c>verify results.json...</c>: hashes what results name once more, and says what has changed since.</summary>
internal sealed class VerifyCommand : CliCommand
{
    public const string CommandName = "verify";
    public const string Summary = "Hashes the inputs and outputs that results name, and says what has changed, is missing, or is whole.";

    private readonly Argument<string[]> manifests = new("results")
    {
        HelpName = "RESULTS",
        Arity = ArgumentArity.OneOrMore,
        Description = "Each a results.json, or the folder it lies in.",
    };

    private readonly CheckedOption only = CheckedOption.Choice("--only", "Looks at the inputs or at the outputs alone. Default: both.", "inputs", "outputs");

    private readonly Option<bool> all = new("--all") { Description = "Lists what is whole too." };

    public VerifyCommand(ProgramContext context, CommonOptions common)
        : base(CommandName, $"{Summary}\nEnds with 0 where all is whole, with 1 where something is not.", context, common)
    {
        Arguments.Add(manifests);
        Options.Add(only);
        Options.Add(all);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("gkflow verify out/launch/results.json", "holds every file of a run against its hash"),
        new("gkflow verify delivered --only outputs", "the videos alone, where they were copied to together with results.json"),
        new("gkflow verify out/*/results.json --format json", "several, for a program"),
    ];

    protected override IReadOnlyList<string> Formats => ["text", "json"];

    protected override Task<int> RunAsync(ParseResult parse, Invocation invocation, CancellationToken cancellationToken)
    {
        var scope = only.In(parse) switch
        {
            "inputs" => VerifyScope.Inputs,
            "outputs" => VerifyScope.Outputs,
            _ => VerifyScope.All,
        };
        var (check, exitCode, verified) = (new ManifestCheck(scope, listsAll: invocation.Format == "json" || parse.GetValue(all)), ExitCodes.Done, new List<VerifiedManifest>());
        foreach (var given in parse.GetValue(manifests) ?? [])
        {
            var path = invocation.Context.FullPath(given);
            path = Directory.Exists(path) ? Path.Combine(path, ResultsWriter.JsonName) : path;
            switch (ResultsReader.Of(path))
            {
                case ResultsReading.Read { File: var file }:
                    using (file)
                    {
                        var manifest = new VerifiedManifest(given, file.Results.Run, file.Results.Inputs.Count > 0, check.Check(file.Results, path, cancellationToken));
                        verified.Add(manifest);
                        exitCode = ExitCodes.Worse(exitCode, ExitCode(manifest));
                    }

                    break;
                case ResultsReading.Unusable { Reason: var reason }:
                    exitCode = ExitCodes.Worse(exitCode, invocation.Refuse(CommandLineDiagnostics.ResultsUnusable(given, reason)));
                    break;
            }
        }

        if (invocation.Format == "json")
        {
            VerifyJson.Write(invocation.Terminal, verified);
        }
        else
        {
            verified.ForEach(manifest => new VerifyText(invocation.Terminal).Write(manifest));
        }

        return Task.FromResult(exitCode);
    }

    /// <summary>Of the codes that there are (product 8): a manifest that names what no run can have made is wrong input, a disk that does not answer is that, and for
    /// the rest a job's video is not what it was delivered as.</summary>
    private static int ExitCode(VerifiedManifest manifest) => manifest.Checked.Counts.Keys.Select(static verdict => verdict switch
    {
        FileVerdict.Changed or FileVerdict.Missing => ExitCodes.JobFailed,
        FileVerdict.Refused => ExitCodes.WrongInput,
        FileVerdict.Unreadable => ExitCodes.StateUnusable,
        _ => ExitCodes.Done,
    }).Aggregate(ExitCodes.Done, ExitCodes.Worse);
}
