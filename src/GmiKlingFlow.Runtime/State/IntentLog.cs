using System.Text;

namespace GmiKlingFlow.Runtime.State;

/// <summary>
/// A second record of every intent, beside the state file and independent of it, synced before the POST. A state file that was cut, put back from
/// an older copy or deleted is known by it: SQLite itself takes a log that ends early for the whole of it.
/// </summary>
internal sealed class IntentLog(string folder) : IDisposable
{
    public const string Name = "intents.log";
    private readonly Lock gate = new();
    private readonly string file = Path.Combine(folder, Name);
    private FileStream? stream;

    /// <summary>Every intent on it, oldest first; what can't be read of it is left out.</summary>
    /// <exception cref="IOException">It can't be read at all.</exception>
    public static IReadOnlyList<LoggedIntent> Read(string folder)
    {
        var file = Path.Combine(folder, Name);
        return File.Exists(file) ? [.. File.ReadLines(file, Encoding.UTF8).Select(LoggedIntent.Parse).OfType<LoggedIntent>()] : [];
    }

    /// <summary>Puts the last intent of a request on the disk itself.</summary>
    /// <exception cref="StateLostException">It is not there, and must not be acted on.</exception>
    public void Append(StoredRequest request)
    {
        var intent = new LoggedIntent(
            request.Service,
            request.ContentKey,
            request.Model,
            request.PayloadSha256 ?? "",
            StoredValues.MicroUsd(request.EstimatedUsd),
            request.IntentAt ?? throw new InvalidOperationException("An intent has its time."));
        lock (gate)
        {
            try
            {
                stream ??= Open();
                stream.Write(Encoding.UTF8.GetBytes(intent.ToLine() + "\n"));
                stream.Flush(flushToDisk: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new StateLostException(SqliteFailures.Of(e, folder), e);
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            stream?.Dispose();
        }
    }

    private FileStream Open()
    {
        var opened = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        if (opened.Length > 0)
        {
            // A line that a crash has cut must not take the next one along.
            opened.Seek(-1, SeekOrigin.End);
            if (opened.ReadByte() != '\n')
            {
                opened.WriteByte((byte)'\n');
            }
        }

        return opened;
    }
}
