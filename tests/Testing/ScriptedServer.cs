using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GmiKlingFlow.Testing;

/// <param name="Target">Path and query as sent.</param>
/// <param name="IsWhole">False when the client ended before its announced body did.</param>
public sealed record ReceivedRequest(int Number, string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body, bool IsWhole)
{
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>Everything that came, to look for what should not have.</summary>
    public string All => $"{Method} {Target}\n{string.Join('\n', Headers.Select(h => $"{h.Key}: {h.Value}"))}\n{Text}";
}

/// <summary>A server on loopback that speaks raw bytes, so that it can lie in every way a server can.</summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<ReceivedRequest> requests = new();
    private readonly SemaphoreSlim arrivals = new(0);
    private readonly Func<ReceivedRequest, ScriptedReply> script;
    private readonly Task accepting;
    private int number;
    private int connections;

    public ScriptedServer(Func<ReceivedRequest, ScriptedReply> script)
    {
        this.script = script;
        listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        accepting = AcceptAsync();
    }

    /// <summary>With a slash at the end.</summary>
    public Uri Url { get; }

    public IReadOnlyList<ReceivedRequest> Requests => [.. requests];

    public int Connections => connections;

    /// <summary>One after the other; the last one is repeated.</summary>
    public static ScriptedServer Answering(params ScriptedReply[] replies) => new(r => replies[Math.Min(r.Number, replies.Length - 1)]);

    /// <returns>An address on which nothing listens.</returns>
    public static Uri Nowhere()
    {
        var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        return new Uri($"http://127.0.0.1:{port}/");
    }

    /// <summary>Waits until one more request has come, whole.</summary>
    public Task ArrivedAsync(CancellationToken cancellationToken) => arrivals.WaitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await accepting;
        listener.Stop();
        stop.Dispose();
        arrivals.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var socket = await listener.AcceptSocketAsync(stop.Token);
                Interlocked.Increment(ref connections);
                serving.Add(ServeAsync(socket));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var owned = socket;
        try
        {
            await using var stream = new NetworkStream(socket);
            while (await ReadAsync(stream) is { } request)
            {
                requests.Enqueue(request);
                var reply = script(request);
                arrivals.Release();
                await stream.WriteAsync(reply.Bytes, stop.Token);
                switch (reply.End)
                {
                    case ReplyEnd.Hang:
                        await Task.Delay(Timeout.Infinite, stop.Token);
                        return;
                    case ReplyEnd.Reset:
                        socket.LingerState = new LingerOption(true, 0);
                        return;
                    case ReplyEnd.Close:
                        socket.Shutdown(SocketShutdown.Send);
                        await stream.CopyToAsync(Stream.Null, stop.Token);
                        return;
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
        {
            // The client went away, or the test is over.
        }
    }

    private async Task<ReceivedRequest?> ReadAsync(NetworkStream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (head.Count < 4 || !head[^4..].SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            if (await stream.ReadAsync(one, stop.Token) == 0)
            {
                return null;
            }

            head.Add(one[0]);
        }

        var lines = Encoding.Latin1.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(l => l.Split(':', 2)).ToDictionary(p => p[0].Trim(), p => p[1].Trim(), StringComparer.OrdinalIgnoreCase);
        var length = headers.TryGetValue("Content-Length", out var text) ? long.Parse(text, CultureInfo.InvariantCulture) : 0;
        var body = new byte[length];
        int got = 0, read;
        while (got < length && (read = await stream.ReadAsync(body.AsMemory(got), stop.Token)) > 0)
        {
            got += read;
        }

        var first = lines[0].Split(' ');
        return new ReceivedRequest(Interlocked.Increment(ref number) - 1, first[0], first[1], headers, body[..got], got == length);
    }
}
