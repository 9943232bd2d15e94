using System.Collections;
using System.Text.Json;

namespace GmiKlingFlow.Runtime.Results;

/// <summary>Jobs where they lie in a manifest: only the place of each is held, and a window of the file for those that follow.</summary>
internal sealed class JobsInFile(FileStream file) : IReadOnlyList<JobResult>, IDisposable
{
    private const int UsualWindow = 256 * 1024;

    private readonly List<(long Offset, int Length)> places = [];
    private byte[] window = [];
    private long windowAt;
    private int windowLength;

    public int Count => places.Count;

    public JobResult this[int index]
    {
        get
        {
            var (offset, length) = places[index];
            try
            {
                return JsonSerializer.Deserialize(At(offset, length), ResultsJson.Default.JobResult) is { } job && ResultsFile.IsWhole(job) ? job : throw Changed(null);
            }
            catch (JsonException e)
            {
                throw Changed(e);
            }
        }
    }

    public IEnumerator<JobResult> GetEnumerator()
    {
        for (var i = 0; i < places.Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Add(long offset, int length) => places.Add((offset, length));

    public void Forget() => places.Clear();

    public void Dispose() => file.Dispose();

    private ReadOnlySpan<byte> At(long offset, int length)
    {
        if (offset < windowAt || offset + length > windowAt + windowLength)
        {
            if (window.Length < length)
            {
                window = new byte[Math.Max(length, UsualWindow)];
            }

            (windowAt, windowLength) = (offset, Fill(offset));
            if (windowLength < length)
            {
                throw Changed(null);
            }
        }

        return window.AsSpan((int)(offset - windowAt), length);
    }

    private int Fill(long offset)
    {
        var (read, all) = (0, 0);
        while (all < window.Length && (read = RandomAccess.Read(file.SafeFileHandle, window.AsSpan(all), offset + all)) > 0)
        {
            all += read;
        }

        return all;
    }

    private IOException Changed(Exception? e) => new($"\"{file.Name}\" changed while it was read", e);
}
