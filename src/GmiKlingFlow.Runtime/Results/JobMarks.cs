using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace GmiKlingFlow.Runtime.Results;

/// <summary>What merging has to know of every job at once; the rest stays where it lies.</summary>
/// <param name="Identity">The same for the same id and key.</param>
internal readonly record struct JobMark(UInt128 Identity, decimal CostUsd, int? Shard, JobStatus Status)
{
    public bool HasRun => Status is not (JobStatus.Skipped or JobStatus.Pending);

    public static JobMark Of(JobResult job) => new(IdentityOf(job), job.Steps.Sum(static step => step.Cost.Usd), job.Shard, job.Status);

    // Cryptographic, because anybody may have written the manifests: no job can be made to look like another.
    private static UInt128 IdentityOf(JobResult job)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{job.Id.Length}:{job.Id}{job.Key}"), hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}

/// <summary>The marks of a manifest's jobs, gathered while it is read.</summary>
public sealed class JobMarks
{
    private readonly List<JobMark> marks = [];

    internal int Count => marks.Count;

    internal JobMark this[int index] => marks[index];

    public static JobMarks Of(IEnumerable<JobResult> jobs)
    {
        var marks = new JobMarks();
        foreach (var job in jobs)
        {
            marks.Add(job);
        }

        return marks;
    }

    internal void Forget() => marks.Clear();

    internal void Add(JobResult job) => marks.Add(JobMark.Of(job));
}
