using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using GmiKlingFlow.Simulator.Accounts;
using GmiKlingFlow.Simulator.Faults;
using GmiKlingFlow.Simulator.Hosting;
using GmiKlingFlow.Simulator.Kling;
using GmiKlingFlow.Simulator.Rendering;
using GmiKlingFlow.Simulator.Requests;
using GmiKlingFlow.Simulator.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace GmiKlingFlow.Simulator;

/// <summary>A local GMI queue with Kling behind it, as an HTTP server on the loopback address (product 9).</summary>
public sealed class SimulatorServer : IAsyncDisposable
{
    private static readonly TimeSpan LongestRendering = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan LongestFetch = TimeSpan.FromMinutes(1);

    private readonly WebApplication app;
    private readonly CancellationTokenSource stopping = new();
    private readonly ObjectStore store;
    private readonly FfmpegTurns? ffmpeg;
    private readonly HttpClient http;
    private readonly RequestProcessor processor;
    private readonly RequestStore requests = new();
    private Uri origin = new("http://127.0.0.1/");
    private int isDisposed;

    private SimulatorServer(SimulatorOptions options, TimeProvider time)
    {
        var logging = options.Logging ?? NullLoggerFactory.Instance;
        store = new ObjectStore(options.StorageFolder);
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { Timeout = LongestFetch };
        var program = options.Render ? FfmpegTurns.Find(options.FfmpegPath) : null;
        ffmpeg = program is null ? null : new FfmpegTurns(program, LongestRendering);
        Ledger = new SimulatorLedger(options.CreditUsd);

        var seed = options.Seed ?? BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
        var ids = new SeededIds(seed);
        var inspector = new MediaInspector();
        var fetcher = new MediaFetcher(store, options.MediaFolder, inspector, http, () => origin.Port);
        var images = new FaceImages(ffmpeg, store);
        var kling = new KlingService(
            fetcher,
            new AudioIntake(fetcher, inspector, store, options.Limits),
            new FaceFinder(options.MediaFolder, options.MediaFiles, options.Faces, inspector, time),
            images,
            new SessionBook(time, ids, options.Limits),
            options.Limits,
            options.OnePersonPerRequest);
        processor = new RequestProcessor(kling, new ResultRenderer(ffmpeg, store, new ResultFaces(store, options.NewFaceIdsInResults)), images, options, time, logging.CreateLogger<RequestProcessor>(), stopping.Token);

        var gate = new FaultGate(new FaultDecision(options.Faults, seed), time, logging.CreateLogger<FaultGate>(), stopping.Token);
        var writer = new RecordWriter(() => origin, options.OutcomeShape, options.ResultQuery);
        var grants = new UploadGrants(time);
        var submission = new Submission(requests, processor, writer, Ledger, ids, store, options, time, logging.CreateLogger<Submission>());
        app = Build(options.Port);
        app.Use((context, next) =>
        {
            // One clock for records and for the Date header, also when it is not the machine's.
            context.Response.Headers.Date = time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
            return next(context);
        });
        app.Use(new FrontDoor(Ledger, logging.CreateLogger<FrontDoor>()).PassAsync);
        new QueueEndpoints(gate, submission, requests, writer, grants, options).Map(app);
        new StorageEndpoints(store, grants, gate, options.MediaFolder).Map(app);
        LedgerEndpoint.Map(app, Ledger);
    }

    /// <summary>What to give a client as its base: ends in <c>/api/v1/ie/requestqueue/apikey</c>.</summary>
    public Uri BaseUrl => new(origin, QueueEndpoints.Base);

    /// <summary>Where files of the media folder are served; ends in <c>/media/</c>.</summary>
    public Uri MediaUrl => new(origin, "/media/");

    /// <summary>True when results are really mixed; false when there is no ffmpeg, and results are the source videos.</summary>
    public bool Renders => ffmpeg is not null;

    public SimulatorLedger Ledger { get; }

    /// <summary>Starts the server; it answers when this returns.</summary>
    /// <exception cref="IOException">The port is taken, or the storage folder can't be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The storage folder may not be written.</exception>
    public static async Task<SimulatorServer> StartAsync(SimulatorOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var server = new SimulatorServer(options, time);
        try
        {
            await server.app.StartAsync(cancellationToken);
            var addresses = server.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
            server.origin = new Uri(addresses?.Addresses.FirstOrDefault() ?? throw new IOException("The server has no address."));
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The payload of every accepted request, in order, byte for byte as it came.</summary>
    public IReadOnlyList<(string RequestId, string Model, ReadOnlyMemory<byte> Payload)> ReceivedPayloads() =>
        [.. requests.List(null, int.MaxValue).Reverse().Select(request => (request.Id, request.Model, (ReadOnlyMemory<byte>)request.Payload.Read()))];

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref isDisposed, 1) != 0)
        {
            return;
        }

        await stopping.CancelAsync();
        using (var atOnce = new CancellationTokenSource(TimeSpan.Zero))
        {
            await app.StopAsync(atOnce.Token);
        }

        await app.DisposeAsync();
        await processor.StopAsync();
        http.Dispose();
        ffmpeg?.Dispose();
        store.Dispose();
        stopping.Dispose();
    }

    private static WebApplication Build(int port)
    {
        // Empty: neither environment variables nor an appsettings.json in the working directory have a say.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        // What Kestrel has to say about connections that faults cut is no news.
        builder.Services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        builder.Services.AddRouting();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null; // each endpoint has its own
            kestrel.Listen(IPAddress.Loopback, port);
        });
        return builder.Build();
    }
}
