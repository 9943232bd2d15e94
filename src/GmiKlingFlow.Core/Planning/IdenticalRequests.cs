using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Keys;

namespace GmiKlingFlow.Core.Planning;

/// <summary>
/// Jobs with different keys may come to the very same lip-sync, as when one names a face by its id and another by its time. Where the faces are known
/// already, that is known too: the request is sent once, so it is planned once. A chained job's later requests depend on results, and are left alone.
/// </summary>
internal sealed class IdenticalRequests(IKnownWork known, PassPlanning passes)
{
    private readonly Dictionary<string, string> contentOf = new(StringComparer.Ordinal);

    /// <returns>The job under the content key of the request that serves it.</returns>
    public JobDraft Of(JobDraft draft)
    {
        if (draft.Passes is not [var pass] || draft.HasErrors)
        {
            return draft;
        }

        if (known.Request(pass.SyncKey) is null && known.Shared(draft.Key.Value) is { ContentKey: { } shared })
        {
            return As(draft, pass, shared);
        }

        var outlook = passes.Look(draft);
        if (outlook.Passes[0].Faces is null || IsOpen(outlook.Passes[0].Sync.Payload))
        {
            return draft;
        }

        var payload = outlook.Passes[0].Sync.Payload;
        var identity = $"{pass.VideoKey}\n{CanonicalText.Of(payload)}";
        if (contentOf.TryGetValue(identity, out var first))
        {
            return known.Request(pass.SyncKey) is null ? As(draft, pass, first) : draft;
        }

        var sent = known.Request(pass.SyncKey) is null && outlook.Passes[0].Sync.Unknown.Count == 0 && !HasInline(payload) ? known.Sent(payload)?.ContentKey : null;
        contentOf.Add(identity, sent ?? pass.SyncKey);
        return sent is null ? draft : As(draft, pass, sent);
    }

    private static JobDraft As(JobDraft draft, PassDraft pass, string contentKey) => draft with { Passes = [pass with { SyncKey = contentKey }] };

    private static bool IsOpen(PayloadValue value) => Any(value, static v => v is PayloadValue.FaceId or PayloadValue.FromFace);

    private static bool HasInline(PayloadValue value) => Any(value, static v => v is PayloadValue.InlineFile);

    private static bool Any(PayloadValue value, Func<PayloadValue, bool> isIt) => isIt(value) || value switch
    {
        PayloadValue.Array array => array.Items.Any(item => Any(item, isIt)),
        PayloadValue.Object members => members.Members.Any(member => Any(member.Value, isIt)),
        _ => false,
    };
}
