using System.CommandLine;
using System.Reflection;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Cli.Commands;

/// <summary><c>init [DIR]</c>: writes the quickstart example, media and all, as a start of one's own. Never overwrites.</summary>
internal sealed class InitCommand : CliCommand
{
    public const string CommandName = "init";
    public const string Summary = "Writes a small working flow with media, to try and to change.";

    private const string SchemaFile = "flow.v1.schema.json";
    private const string SchemaInRepository = "../../schemas/flow.v1.schema.json";

    /// <summary>File below the folder -> embedded resource.</summary>
    private static readonly (string File, string Resource)[] Files =
    [
        ("flow.yaml", "quickstart/flow.yaml"),
        ("clips/host.mp4", "quickstart/clips/host.mp4"),
        ("audio/hello.wav", "quickstart/audio/hello.wav"),
        (SchemaFile, $"schemas/{SchemaFile}"),
        (".gitignore", ""),
    ];

    private readonly Argument<string> folder = new("dir")
    {
        HelpName = "DIR",
        Arity = ArgumentArity.ZeroOrOne,
        Description = "Where to write; made when missing. Default: the working directory.",
    };

    public InitCommand(ProgramContext context, CommonOptions common)
        : base(CommandName, Summary, context, common) => Arguments.Add(folder);

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("gkflow init my-flow", "writes my-flow/flow.yaml, a video and a line of speech"),
        new("gkflow run my-flow/flow.yaml --simulate", "tries it without key and cost"),
    ];

    protected override async Task<int> RunAsync(ParseResult parse, Invocation invocation, CancellationToken cancellationToken)
    {
        var given = parse.GetValue(folder) ?? ".";
        var target = invocation.Context.FullPath(given);
        if (InTheWay(target, given) is { Count: > 0 } problems)
        {
            return invocation.Refuse([.. problems]);
        }

        foreach (var (file, resource) in Files)
        {
            var path = Path.Combine(target, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path) ?? target);

            // CreateNew: a file that appeared meanwhile is not overwritten either.
            await using var output = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            await output.WriteAsync(Content(file, resource), cancellationToken);
        }

        var flow = Shown(given, "flow.yaml");
        var next = flow.Contains(' ', StringComparison.Ordinal) ? $"\"{flow}\"" : flow;
        invocation.Terminal.Say($"Wrote {string.Join(", ", Files.Select(f => Shown(given, f.File)))}.");
        invocation.Terminal.Say();
        invocation.Terminal.Say("Next:");
        invocation.Terminal.Say($"  gkflow plan {next}              shows what would be sent, and what it would cost");
        invocation.Terminal.Say($"  gkflow run {next} --simulate    makes the video here: no key, no network, no cost");
        return ExitCodes.Done;
    }

    private static List<Diagnostic> InTheWay(string target, string given)
    {
        if (File.Exists(target))
        {
            return [CommandLineDiagnostics.FileExists(given)];
        }

        var blocked = Files.Select(f => f.File).Concat(["clips", "audio"])
            .Where(file => file is "clips" or "audio" ? File.Exists(Path.Combine(target, file)) : Path.Exists(Path.Combine(target, file)));
        return [.. blocked.Select(file => CommandLineDiagnostics.FileExists(Shown(given, file)))];
    }

    private static string Shown(string folder, string file) => folder is "." or "./" ? file : $"{folder.TrimEnd('/', '\\')}/{file}";

    private static byte[] Content(string file, string resource)
    {
        if (resource.Length == 0)
        {
            return System.Text.Encoding.UTF8.GetBytes("# What was paid for is remembered here: keep it, but not in version control.\n.gkflow/\nout/\n");
        }

        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The program was built without {resource}.");
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return file != "flow.yaml"
            ? content.ToArray()
            : System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(content.ToArray()).Replace(SchemaInRepository, SchemaFile, StringComparison.Ordinal));
    }
}
