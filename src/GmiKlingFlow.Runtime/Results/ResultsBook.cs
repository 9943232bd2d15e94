using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Shards;

namespace GmiKlingFlow.Runtime.Results;

/// <summary>The results of a run as they come in, written to disk now and then: seldom enough that ten thousand jobs are not written ten thousand times.</summary>
public sealed class ResultsBook
{
    // Writing takes at most a fiftieth of the time, however many jobs there are, and never happens more often than every two seconds.
    private const int RestPerWrite = 50;
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly Lock writing = new();
    private readonly JobResult[] jobs;
    private readonly ResultsFlow flow;
    private readonly IReadOnlyList<ResultsInput> inputs;
    private readonly SourceBook sources;
    private readonly string folder;
    private readonly string priceSource;
    private readonly TimeProvider time;
    private ResultsRun run;
    private long lastWrite;
    private TimeSpan rest = Shortest;

    public ResultsBook(Plan plan, ResultsRun run, string folder, TimeProvider time)
    {
        (this.run, this.folder, this.time) = (run with { Shard = plan.Sharding?.Shard is { } shard ? new ResultsShard(shard.Index, shard.Count) : null }, Path.GetFullPath(folder), time);
        flow = new ResultsFlow(plan.Flow.Name, Relative(this.folder, plan.Flow.FullPath), plan.Flow.Sha256);
        priceSource = plan.Summary.PriceSource;
        var used = new RunInputs(plan, this.folder);
        inputs = used.All;
        sources = new SourceBook(plan, used);
        jobs = [.. plan.Jobs.Select(job => Planned(job) with { Inputs = job.Action == JobAction.Skip ? [] : used.Of(job.Job) })];
        lastWrite = time.GetTimestamp();
    }

    /// <summary>A job as it is before anything is done for it.</summary>
    public JobResult this[int index]
    {
        get
        {
            lock (gate)
            {
                return jobs[index];
            }
        }
    }

    public string JsonFile => Path.Combine(folder, ResultsWriter.JsonName);

    /// <summary>Puts a job's result in its place, and writes the files when it is time.</summary>
    public void Put(int index, JobResult result)
    {
        lock (gate)
        {
            jobs[index] = result;
        }

        if (time.GetElapsedTime(lastWrite) < rest || !writing.TryEnter())
        {
            return;
        }

        try
        {
            // A file that can't be written now is written later, and told at the end.
            _ = WriteNow();
        }
        finally
        {
            writing.Exit();
        }
    }

    /// <returns>Whether nobody has said yet who is seen in a video.</returns>
    public bool WantsFaces(string video)
    {
        lock (gate)
        {
            return sources.WantsFaces(video);
        }
    }

    /// <summary>Who is seen in a video, once identify has told.</summary>
    public void PutFaces(string video, IReadOnlyList<Face> faces)
    {
        lock (gate)
        {
            sources.Put(video, faces);
        }
    }

    /// <returns>Why the files could not be written; null when they were.</returns>
    public Failure? Write()
    {
        lock (writing)
        {
            return WriteNow();
        }
    }

    public void Finish(DateTimeOffset now)
    {
        lock (gate)
        {
            run = run with { FinishedAt = now };
        }
    }

    public RunResults Snapshot()
    {
        lock (gate)
        {
            JobResult[] taken = [.. jobs];
            return new RunResults(flow, run, taken, Summary(taken)) { Inputs = inputs, Videos = sources.Videos, Audio = sources.Audio };
        }
    }

    /// <returns>Relative to the folder where it can be, with <c>/</c>.</returns>
    public static string Relative(string folder, string path) => Path.GetRelativePath(folder, path).Replace('\\', '/');

    private Failure? WriteNow()
    {
        var started = time.GetTimestamp();
        var failure = ResultsWriter.Write(folder, Snapshot());
        var took = time.GetElapsedTime(started);
        lastWrite = time.GetTimestamp();
        rest = took * RestPerWrite > Shortest ? took * RestPerWrite : Shortest;
        return failure;
    }

    private ResultsSummary Summary(JobResult[] taken) =>
        ResultsSummary.Of(taken, priceSource, Math.Max(0, (long)((run.FinishedAt ?? time.GetUtcNow()) - run.StartedAt).TotalMilliseconds));

    private static JobResult Planned(PlannedJob job)
    {
        var labels = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in job.Job.Labels)
        {
            // Free text: a label may well hold a link that is signed.
            labels[SignedText.Hidden(name)] = SignedText.Hidden(value);
        }

        return new JobResult(
            job.Job.Id,
            job.Key.Value,
            labels,
            job.Action == JobAction.Skip ? JobStatus.Skipped : JobStatus.Pending,
            job.Job.Video.Name,
            SentFaces.Planned(job),
            [],
            null,
            null)
        {
            Entries = [.. job.Job.Entries.Select(SourceBook.Entry)],
            Shard = job.Shard,
            Reason = job.Action == JobAction.Skip ? SignedText.Hidden(job.Reason) : null,
        };
    }
}
