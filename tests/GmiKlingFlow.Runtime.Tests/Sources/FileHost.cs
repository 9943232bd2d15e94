using System.Globalization;
using GmiKlingFlow.Testing;

namespace GmiKlingFlow.Runtime.Tests.Sources;

/// <summary>How an honest file server answers; tests let it lie in one thing at a time.</summary>
internal static class FileHost
{
    public static ScriptedReply Honest(ReceivedRequest request, byte[] file, params string[] headers) =>
        request.Method == "HEAD" ? Head(200, file.Length, headers) : Part(request, file, file.Length, headers);

    /// <summary>A server that knows no ranges.</summary>
    public static ScriptedReply Whole(ReceivedRequest request, byte[] file, params string[] headers) =>
        request.Method == "HEAD" ? Head(200, file.Length, headers) : ScriptedReply.Body(200, file, headers);

    public static ScriptedReply Head(int status, long length, params string[] headers) =>
        new(ScriptedReply.Head(status, [string.Create(CultureInfo.InvariantCulture, $"Content-Length: {length}"), "Connection: close", .. headers]), ReplyEnd.Close);

    /// <summary>The part that is asked for, of a file said to be so long.</summary>
    public static ScriptedReply Part(ReceivedRequest request, byte[] file, long total, params string[] headers)
    {
        var (from, to) = Asked(request);
        to = Math.Min(to, file.Length - 1);
        return ScriptedReply.Body(206, file[(int)from..((int)to + 1)], [string.Create(CultureInfo.InvariantCulture, $"Content-Range: bytes {from}-{to}/{total}"), .. headers]);
    }

    public static (long From, long To) Asked(ReceivedRequest request)
    {
        var range = request.Headers["Range"].Split('=', '-');
        return (long.Parse(range[1], CultureInfo.InvariantCulture), long.Parse(range[2], CultureInfo.InvariantCulture));
    }
}
