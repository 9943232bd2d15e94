using System.Collections.Concurrent;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GmiKlingFlow.Core.Manifests.Yaml;

/// <summary>
/// A parser's events, read on another thread some way ahead of who asks for them: of a large text, scanning takes as long as all that is made of it
/// (tests/Benchmarks, Scale). To who asks it is the parser itself, what it throws included.
/// </summary>
internal sealed class EventsAhead : IParser, IDisposable
{
    /// <summary>In UTF-16 units: some hundreds of jobs. Below, a second thread costs more than it saves.</summary>
    public const int LongText = 128 * 1024;

    private const int EventsOfBatch = 500;
    private const int MostBatches = 16;

    private readonly BlockingCollection<ParsingEvent[]> batches = new(MostBatches);
    private readonly CancellationTokenSource abandoned = new();
    private readonly Task reading;
    private ParsingEvent[] batch = [];
    private int next;

    public EventsAhead(IParser parser) =>
        reading = Task.Factory.StartNew(() => ReadAll(parser), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public ParsingEvent? Current { get; private set; }

    /// <summary>True where there is a second processor to do it on.</summary>
    public static bool IsWorthwhile(string text) => text.Length >= LongText && Environment.ProcessorCount > 1;

    public bool MoveNext()
    {
        if (next == batch.Length)
        {
            if (!batches.TryTake(out var taken, Timeout.Infinite))
            {
                reading.GetAwaiter().GetResult();
                Current = null;
                return false;
            }

            (batch, next) = (taken, 0);
        }

        Current = batch[next++];
        return true;
    }

    public void Dispose()
    {
        abandoned.Cancel();
        Task.WaitAny(reading);
        batches.Dispose();
        abandoned.Dispose();
    }

    private void ReadAll(IParser parser)
    {
        var read = new List<ParsingEvent>(EventsOfBatch);
        try
        {
            while (parser.MoveNext() && parser.Current is { } current)
            {
                read.Add(current);
                if (read.Count == EventsOfBatch)
                {
                    batches.Add([.. read], abandoned.Token);
                    read.Clear();
                }
            }
        }
        finally
        {
            // What comes before a mistake is passed on before the mistake is.
            if (read.Count > 0 && !abandoned.IsCancellationRequested)
            {
                batches.Add([.. read], abandoned.Token);
            }

            batches.CompleteAdding();
        }
    }
}
