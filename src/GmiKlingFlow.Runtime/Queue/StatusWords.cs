using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace GmiKlingFlow.Runtime.Queue;

/// <summary>The queue's status words (api-contract 3): seven, lower-case, and nothing else is sure.</summary>
internal sealed partial class StatusWords(ILogger log)
{
    private static readonly Dictionary<string, RequestStatus> Official = new(StringComparer.Ordinal)
    {
        ["created"] = RequestStatus.Created,
        ["queued"] = RequestStatus.Queued,
        ["dispatched"] = RequestStatus.Dispatched,
        ["processing"] = RequestStatus.Processing,
        ["success"] = RequestStatus.Success,
        ["failed"] = RequestStatus.Failed,
        ["cancelled"] = RequestStatus.Cancelled,
    };

    // Other clients accept these (api-contract 3, CODE). They end a wait only together with a result: a word that nobody has seen
    // on the wire must not turn a running request into a failed one, which a rerun would pay for again. So no synonym of "failed".
    private static readonly HashSet<string> LikeSuccess = new(StringComparer.OrdinalIgnoreCase) { "success", "succeed", "succeeded", "completed", "done" };

    private readonly ConcurrentDictionary<string, bool> told = new(StringComparer.Ordinal);

    /// <param name="word">Cleaned; empty when the record has none.</param>
    public RequestStatus Read(string word, JsonElement? outcome)
    {
        if (Official.TryGetValue(word, out var status))
        {
            return status;
        }

        status = LikeSuccess.Contains(word) && outcome is { ValueKind: JsonValueKind.Object } && OutcomeReader.HasResult(outcome)
            ? RequestStatus.Success
            : RequestStatus.Unrecognised;
        // A hostile server must not fill the log with ever new words.
        if (told.Count < 100 && told.TryAdd(word, true))
        {
            LogUnknownWord(log, word, status);
        }

        return status;
    }

    [LoggerMessage(1, LogLevel.Warning, "The queue gave the status \"{Word}\", which is none of its seven; it counts as {Status}.")]
    private static partial void LogUnknownWord(ILogger log, string word, RequestStatus status);
}
