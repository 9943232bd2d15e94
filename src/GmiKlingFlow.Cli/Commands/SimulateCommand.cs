using System.CommandLine;
using System.Globalization;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Simulator;
using GmiKlingFlow.Simulator.Faults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GmiKlingFlow.Cli.Commands;

/// <summary><c>simulate</c>: the local stand-in of the service, as a server for other programs, until it is stopped.</summary>
internal sealed class SimulateCommand : CliCommand
{
    public const string CommandName = "simulate";
    public const string Summary = "Runs the local stand-in of the service as a server, for trying things and for tests.";

    private const int UsualPort = 8787;

    private readonly CheckedOption port = CheckedOption.Count("--port", "N", "Port on this machine; 0 takes a free one. Default: 8787.", 0, 65535);

    private readonly CheckedOption media = CheckedOption.Text(
        "--media", "DIR", "Serves this folder's videos and audio under /media/, and finds media of other hosts in it by name.");

    private readonly CheckedOption fault = CheckedOption.Repeated(
        "--fault",
        "RULE",
        "Something that goes wrong on purpose: METHOD PATH: KIND [every N|first N|P%]. Repeatable.",
        static rule => FaultRule.TryParse(rule, out _, out var error) ? null : CommandLineDiagnostics.UnknownFault(rule, error));

    private readonly CheckedOption speed = CheckedOption.Text(
        "--speed",
        "X",
        "How many times as fast as usual. Default: 1 (a request takes about 5 s).",
        static value => Speed(value) is null ? CommandLineDiagnostics.NotASpeed("--speed", value) : null);

    private readonly CheckedOption spread = CheckedOption.Count(
        "--spread", "N", "Lip-syncs are at work 1 to N times as long, each as its times and volumes say. Default: 1.", 1, 1000);

    private readonly CheckedOption credit = CheckedOption.Text(
        "--credit-usd",
        "AMOUNT",
        "The account's credit; a request above it is answered with 402. Default: any amount.",
        static value => CommandLineValues.Money(value) is null ? CommandLineDiagnostics.NotAnAmount("--credit-usd", value) : null);

    private readonly CheckedOption key = CheckedOption.Text("--key", "KEY", "The only key that is taken. Default: any.");

    private readonly CheckedOption seed = CheckedOption.Count("--seed", "N", "Makes ids and shares of faults repeatable.", 0, int.MaxValue);

    private readonly Option<bool> onePerson = new("--one-person") { Description = "Refuses a lip-sync of several faces, as Kling's own page has it." };

    private readonly Option<bool> newFaceIds = new("--new-face-ids") { Description = "Gives the faces of results other ids than those of their source." };

    public SimulateCommand(ProgramContext context, CommonOptions common)
        : base(CommandName, Summary, context, common)
    {
        foreach (var option in new Option[] { port, media, fault, speed, spread, credit, key, seed, onePerson, newFaceIds })
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("gkflow simulate --port 8787 --media clips", "serves until Ctrl-C; the first line of output is the address"),
        new("gkflow simulate --fault \"POST /requests: 504-accepted every 7\"", "every 7th request is taken, but its answer is lost"),
        new("gkflow run flow.yaml --base-url URL", "runs a flow against it: URL is the address it prints, and any GMI_API_KEY will do"),
    ];

    protected override async Task<int> RunAsync(ParseResult parse, Invocation invocation, CancellationToken cancellationToken)
    {
        var folder = media.In(parse) is { } given ? invocation.Context.FullPath(given) : null;
        if (folder is not null && !Directory.Exists(folder))
        {
            return invocation.Refuse(CommandLineDiagnostics.FolderMissing("--media", media.In(parse) ?? folder));
        }

        using var host = QuietHost.Create(invocation.Terminal, invocation.LogLevel, invocation.Context.Time, static _ => { });
        var options = new SimulatorOptions
        {
            Port = port.In(parse) is { } chosen ? CommandLineValues.Count(chosen) ?? UsualPort : UsualPort,
            MediaFolder = folder,
            Speed = Speed(speed.In(parse) ?? "1") ?? 1,
            Spread = spread.In(parse) is { } times ? CommandLineValues.Count(times) ?? 1 : 1,
            CreditUsd = credit.In(parse) is { } amount ? CommandLineValues.Money(amount) : null,
            ApiKey = key.In(parse),
            Seed = seed.In(parse) is { } number ? CommandLineValues.Count(number) : null,
            OnePersonPerRequest = parse.GetValue(onePerson),
            NewFaceIdsInResults = parse.GetValue(newFaceIds),
            Faults = [.. fault.AllIn(parse).Select(static rule => FaultRule.TryParse(rule, out var parsed, out _) ? parsed : null).OfType<FaultRule>()],
            Logging = host.Services.GetRequiredService<ILoggerFactory>(),
        };

        SimulatorServer server;
        try
        {
            server = await SimulatorServer.StartAsync(options, invocation.Context.Time, cancellationToken);
        }
        catch (IOException)
        {
            return invocation.Refuse(CommandLineDiagnostics.PortTaken(string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{options.Port}")));
        }

        await using (server)
        {
            await ServeAsync(server, folder, invocation);
        }

        return ExitCodes.Done;
    }

    private static async Task ServeAsync(SimulatorServer server, string? folder, Invocation invocation)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watch = invocation.Context.Stop.Watch(() => stopped.TrySetResult(), static () => { });

        // The address is what was asked for: a script reads it from the first line.
        invocation.Terminal.Data.WriteLine(server.BaseUrl.AbsoluteUri);
        invocation.Terminal.Say("This is a simulation: nothing is sent to GMI, nothing costs money. Stop it with Ctrl-C.");
        invocation.Terminal.Say(server.Renders ? "Results are mixed by ffmpeg; lips don't move." : "There is no ffmpeg: results are the source videos, unchanged.");
        if (folder is not null)
        {
            invocation.Terminal.Say($"Media: {server.MediaUrl.AbsoluteUri}");
        }

        await stopped.Task;
    }

    private static double? Speed(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var speed) && speed is >= 0.01 and <= 10_000 ? speed : null;
}
