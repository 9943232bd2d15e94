using System.Globalization;
using System.Text;

namespace GmiKlingFlow.Testing;

/// <summary>What a <see cref="ScriptedServer"/> does with one request: any bytes, then an end of its choice.</summary>
public sealed record ScriptedReply(byte[] Bytes, ReplyEnd End)
{
    /// <summary>Reads the request and never answers.</summary>
    public static ScriptedReply Hang { get; } = new([], ReplyEnd.Hang);

    /// <summary>Reads the request, then resets the connection.</summary>
    public static ScriptedReply Reset { get; } = new([], ReplyEnd.Reset);

    /// <summary>Reads the request, then closes the connection in order.</summary>
    public static ScriptedReply Close { get; } = new([], ReplyEnd.Close);

    public static ScriptedReply Json(int status, string body, params string[] headers) =>
        Body(status, Encoding.UTF8.GetBytes(body), ["Content-Type: application/json", .. headers]);

    public static ScriptedReply Html(int status, string body) => Body(status, Encoding.UTF8.GetBytes(body), ["Content-Type: text/html"]);

    public static ScriptedReply Body(int status, byte[] body, params string[] headers) => Short(status, body, body.Length, ReplyEnd.Close, headers);

    /// <summary>Announces <paramref name="announced"/> bytes, sends fewer, then ends.</summary>
    public static ScriptedReply Short(int status, byte[] body, long announced, ReplyEnd end, params string[] headers) => new(
        [
            .. Head(status, [
                string.Create(CultureInfo.InvariantCulture, $"Content-Length: {announced}"),
                end == ReplyEnd.KeepAlive ? "Connection: keep-alive" : "Connection: close",
                .. headers]),
            .. body,
        ],
        end);

    public static byte[] Head(int status, params string[] headers) =>
        Encoding.Latin1.GetBytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} X\r\n") + string.Concat(headers.Select(h => h + "\r\n")) + "\r\n");
}

public enum ReplyEnd
{
    Close,
    Reset,
    Hang,

    /// <summary>Waits for the next request on the same connection.</summary>
    KeepAlive,
}
