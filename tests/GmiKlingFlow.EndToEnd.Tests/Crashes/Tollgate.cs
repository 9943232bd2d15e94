using System.Net;
using System.Text;
using System.Text.Json;
using GmiKlingFlow.Simulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GmiKlingFlow.EndToEnd.Tests.Crashes;

/// <summary>Stands between the program and the simulator, and can stop any call at any point of its way: so a kill hits where it is meant to.</summary>
internal sealed class Tollgate : IAsyncDisposable
{
    private const string QueueBase = "/api/v1/ie/requestqueue/apikey";
    private readonly WebApplication app;
    private readonly SimulatorServer simulator;
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false });
    private readonly CancellationTokenSource closing = new();

    private Tollgate(SimulatorServer simulator)
    {
        this.simulator = simulator;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.Run(PassAsync);
    }

    public Uri BaseUrl { get; private set; } = new("http://127.0.0.1/");

    /// <summary>What stops the next call; null: all pass.</summary>
    public Trap? Trap { get; set; }

    /// <summary>True: a call that is stopped before the service goes there nevertheless, a while after its client died.</summary>
    public bool IsLate { get; set; }

    public static async Task<Tollgate> OpenAsync(SimulatorServer simulator)
    {
        var gate = new Tollgate(simulator);
        await gate.app.StartAsync();
        var addresses = gate.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        gate.BaseUrl = new Uri((addresses?.Addresses.First() ?? "") + QueueBase);
        return gate;
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        using (var atOnce = new CancellationTokenSource(TimeSpan.Zero))
        {
            await app.StopAsync(atOnce.Token);
        }

        await app.DisposeAsync();
        http.Dispose();
        closing.Dispose();
    }

    private async Task PassAsync(HttpContext context)
    {
        try
        {
            using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, closing.Token);
            await PassAsync(context, gone.Token);
        }
        catch (HttpRequestException)
        {
            // The service has cut the connection: so does the gate.
            context.Abort();
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or BadHttpRequestException)
        {
            // The client died at the gate.
        }
    }

    private async Task PassAsync(HttpContext context, CancellationToken gone)
    {
        using var incoming = new MemoryStream();
        await context.Request.Body.CopyToAsync(incoming, gone);
        var body = incoming.ToArray();
        var call = Name(context, body);
        await BeforeAsync(context, call, body, gone);

        // Whatever happens to the client: what the service has begun, it ends.
        var forwarding = ForwardAsync(context, body);
        if (Trap is { } trap && trap.Catches(new Crossing(call, Passage.Taken)))
        {
            await TakenAsync(forwarding);
            await trap.HoldAsync(gone);
        }

        using var answer = await forwarding;
        var content = await answer.Content.ReadAsByteArrayAsync(gone);
        if (answer.Content.Headers.ContentType?.MediaType == "application/json")
        {
            content = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(content).Replace(Origin(simulator.BaseUrl), Origin(BaseUrl), StringComparison.Ordinal));
        }

        await HoldAsync(new Crossing(call, Passage.After, Status(call, content)), gone);
        await AnswerAsync(context, call, answer, content, gone);
    }

    private async Task BeforeAsync(HttpContext context, string call, byte[] body, CancellationToken gone)
    {
        try
        {
            await HoldAsync(new Crossing(call, Passage.Before), gone);
        }
        catch (OperationCanceledException) when (IsLate)
        {
            // On its way through gateways when the client died.
            await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System, closing.Token);
            (await ForwardAsync(context, body)).Dispose();
            throw;
        }
    }

    private async Task AnswerAsync(HttpContext context, string call, HttpResponseMessage answer, byte[] content, CancellationToken gone)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(h => h.Key is not ("Content-Length" or "Transfer-Encoding" or "Date")))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        var isDownload = call == "GET /storage" && Trap is not null;
        var endless = isDownload && Trap is { } trap && trap.Catches(new Crossing(call, Passage.Whole)) ? trap : null;
        if (endless is null)
        {
            context.Response.ContentLength = content.Length;
        }

        if (isDownload)
        {
            await context.Response.Body.WriteAsync(content.AsMemory(0, content.Length / 2), gone);
            await context.Response.Body.FlushAsync(gone);
            await HoldAsync(new Crossing(call, Passage.Half), gone);
            content = content[(content.Length / 2)..];
        }

        await context.Response.Body.WriteAsync(content, gone);
        await context.Response.Body.FlushAsync(gone);
        if (endless is not null)
        {
            await endless.HoldAsync(gone);
        }
    }

    private async Task HoldAsync(Crossing crossing, CancellationToken gone)
    {
        if (Trap is { } trap && trap.Catches(crossing))
        {
            await trap.HoldAsync(gone);
        }
    }

    private async Task TakenAsync(Task forwarding)
    {
        var before = simulator.Ledger.Charges.Count;
        while (simulator.Ledger.Charges.Count == before && !forwarding.IsCompleted)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, closing.Token);
        }
    }

    private async Task<HttpResponseMessage> ForwardAsync(HttpContext context, byte[] body)
    {
        var incoming = context.Request;
        using var request = new HttpRequestMessage(new HttpMethod(incoming.Method), Origin(simulator.BaseUrl) + incoming.Path.ToUriComponent() + incoming.QueryString.ToUriComponent());
        if (body.Length > 0)
        {
            request.Content = new ByteArrayContent(body);
        }

        foreach (var (name, values) in incoming.Headers.Where(h => h.Key is not ("Host" or "Content-Length" or "Connection" or "Transfer-Encoding" or "Expect")))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.ToArray()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
            }
        }

        return await http.SendAsync(request, closing.Token);
    }

    private static string Name(HttpContext context, byte[] body)
    {
        var (method, path) = (context.Request.Method, context.Request.Path.Value ?? "");
        if (!path.StartsWith(QueueBase, StringComparison.Ordinal))
        {
            return $"{method} /{path.Split('/')[1]}";
        }

        path = path[QueueBase.Length..];
        if (method == "POST" && path == "/requests")
        {
            using var json = JsonDocument.Parse(body);
            return $"POST /requests {json.RootElement.GetProperty("model").GetString()}";
        }

        return path.StartsWith("/requests/", StringComparison.Ordinal) ? $"{method} /requests/{{id}}" : $"{method} {path}";
    }

    private static string Status(string call, byte[] content)
    {
        if (call != "GET /requests/{id}" || content is not [(byte)'{', ..])
        {
            return "";
        }

        using var json = JsonDocument.Parse(content);
        return json.RootElement.TryGetProperty("status", out var status) ? status.GetString() ?? "" : "";
    }

    private static string Origin(Uri url) => url.GetLeftPart(UriPartial.Authority);
}
