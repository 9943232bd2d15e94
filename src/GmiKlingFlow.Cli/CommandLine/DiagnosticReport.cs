using System.CommandLine;
using GmiKlingFlow.Cli.Commands;
using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Cli.CommandLine;

/// <summary>The ways in which programs are told what is wrong with flows: <c>--format json|github|sarif</c>, and <c>--sarif FILE</c> beside any format.</summary>
/// <param name="sarifDescription">What the help says of <c>--sarif</c>.</param>
internal sealed class DiagnosticReport(string sarifDescription = "Writes the diagnostics to FILE as SARIF 2.1.0 too, for code scanning.")
{
    /// <summary>The formats that carry diagnostics and nothing else.</summary>
    public static readonly string[] Formats = ["github", "sarif"];

    private readonly CheckedOption sarif = CheckedOption.Text("--sarif", "FILE", sarifDescription);

    public void AddTo(Command command) => command.Options.Add(sarif);

    /// <returns>The file of <c>--sarif</c> as given; null when it is not asked for.</returns>
    public string? File(ParseResult parse) => sarif.In(parse);

    /// <returns>Why the file of <c>--sarif</c> may not be written; null when it may, or is not asked for.</returns>
    public Diagnostic? Problem(ParseResult parse, Invocation invocation) =>
        sarif.In(parse) is { } file && invocation.Context.FullPath(file) is var path
            && (Directory.Exists(path) || (System.IO.File.Exists(path) && new FileInfo(path).Length > 0 && !SarifLog.IsOne(path)))
            ? CommandLineDiagnostics.NotASarifFile(file)
            : null;

    /// <param name="all">In the order in which they are told.</param>
    /// <param name="isPlanTold">True where the JSON on standard output is a plan, which has the diagnostics in it.</param>
    /// <exception cref="IOException">The file of <c>--sarif</c> could not be written.</exception>
    public void Write(ParseResult parse, Invocation invocation, IReadOnlyList<Diagnostic> all, bool isPlanTold = false)
    {
        var paths = new RepositoryPaths(invocation.Context.WorkingDirectory, invocation.Context.Environment("GITHUB_WORKSPACE"));
        var log = new SarifLog(paths, GkflowCommand.Version);
        switch (invocation.Format)
        {
            case "json" when !isPlanTold:
                DiagnosticJson.Write(invocation.Terminal.Data, all);
                break;
            case "github":
                new DiagnosticGithub(paths).Write(invocation.Terminal.Data, all);
                break;
            case "sarif":
                invocation.Terminal.WriteData(stream => log.Write(stream, all));
                break;
        }

        if (sarif.In(parse) is { } file)
        {
            WholeFile.Write(invocation.Context.FullPath(file), stream => log.Write(stream, all));
        }
    }
}
