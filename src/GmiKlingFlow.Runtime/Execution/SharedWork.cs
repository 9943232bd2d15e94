using System.Collections.Concurrent;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>Work that several jobs need at the same time is done once. Nothing is kept after it: the state remembers.</summary>
internal sealed class SharedWork<T>
{
    private readonly ConcurrentDictionary<string, Lazy<Task<T>>> underWay = new(StringComparer.Ordinal);

    public async Task<T> DoAsync(string key, Func<Task<T>> work)
    {
        var mine = new Lazy<Task<T>>(work);
        var shared = underWay.GetOrAdd(key, mine);
        try
        {
            return await shared.Value;
        }
        finally
        {
            underWay.TryRemove(KeyValuePair.Create(key, shared));
        }
    }
}
