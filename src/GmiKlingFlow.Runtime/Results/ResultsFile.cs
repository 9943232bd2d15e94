using System.Text.Json;
using GmiKlingFlow.Core.Documents;

namespace GmiKlingFlow.Runtime.Results;

/// <summary>A results manifest that was found to be whole. Its jobs stay in the file, which is kept open, and are read from there whenever they are gone through.</summary>
public sealed class ResultsFile : IDisposable
{
    private readonly JobsInFile jobs;

    private ResultsFile(RunResults head, JobsInFile jobs) => (Results, this.jobs) = (head with { Jobs = jobs }, jobs);

    /// <summary>To be used until this is disposed of. <see cref="RunResults.Jobs"/> is for one thread at a time, and throws an <see cref="IOException"/> where the file was changed meanwhile.</summary>
    public RunResults Results { get; }

    public void Dispose() => jobs.Dispose();

    /// <returns>Null for JSON that is not of a run's results.</returns>
    /// <exception cref="JsonException">It is no JSON, or no manifest; with the place in the file.</exception>
    internal static ResultsFile? Open(string path, JobMarks? marks)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var jobs = new JobsInFile(file);
        try
        {
            var (head, areJobsWhole) = Read(file, jobs, marks);
            if (head is not null && areJobsWhole && IsWhole(head))
            {
                (var opened, jobs) = (new ResultsFile(head, jobs), null);
                return opened;
            }

            return null;
        }
        finally
        {
            jobs?.Dispose();
        }
    }

    private static (RunResults? Head, bool AreJobsWhole) Read(FileStream file, JobsInFile jobs, JobMarks? marks)
    {
        var (reader, whole) = (new LongListReader(file, ResultsWriter.JobsName), true);
        while (true)
        {
            switch (reader.Read())
            {
                case LongListPart.ListStart:
                    jobs.Forget();
                    marks?.Forget();
                    whole = true;
                    break;
                case LongListPart.Item:
                    var job = Job(reader);
                    jobs.Add(reader.ItemOffset, reader.Item.Length);
                    if (!IsWhole(job))
                    {
                        whole = false;
                    }
                    else if (whole)
                    {
                        marks?.Add(job);
                    }

                    break;
                default:
                    return (Head(reader), whole);
            }
        }
    }

    private static JobResult? Job(LongListReader reader)
    {
        try
        {
            return JsonSerializer.Deserialize(reader.Item.Span, ResultsJson.Default.JobResult);
        }
        catch (JsonException e)
        {
            throw reader.InItem(e);
        }
    }

    private static RunResults? Head(LongListReader reader)
    {
        try
        {
            return JsonSerializer.Deserialize(reader.Head.Span, ResultsJson.Default.RunResults);
        }
        catch (JsonException e)
        {
            throw reader.InHead(e);
        }
    }

    // The deserialiser gives null for what is missing, whatever the types say.
    private static bool IsWhole(RunResults results) =>
        results is { ApiVersion: "gmiklingflow/v1", Kind: "Results", Flow: { File: not null, Sha256: not null }, Run: { Id: not null }, Jobs: not null, Summary: not null }
        && results.Inputs.All(static input => input is { File: not null } or { Url: not null });

    internal static bool IsWhole([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] JobResult? job) =>
        job is { Id: not null, Key: not null, Labels: not null, Video: not null, Faces: not null, Steps: { } steps }
        && steps.All(static step => step is { Model: not null, Status: not null, Cost: not null })
        && job.Output is null or { File: not null, Sha256: not null };
}
