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
    private readonly Lock lineGate = new();
    private readonly StringBuilder line = new();
    private readonly string file = Path.Combine(folder, Name);
    private FileStream? stream;
    private long asked;
    private long written;
    private StateLostException? lost;

    /// <summary>Every intent on it, oldest first; what can't be read of it is left out.</summary>
    /// <exception cref="IOException">It can't be read at all.</exception>
    public static IReadOnlyList<LoggedIntent> Read(string folder)
    {
        var file = Path.Combine(folder, Name);
        return File.Exists(file) ? [.. File.ReadLines(file, Encoding.UTF8).Select(LoggedIntent.Parse).OfType<LoggedIntent>()] : [];
    }

    /// <summary>Puts the last intent of a request on the disk itself. Those that come while another is being synced are written together.</summary>
    /// <exception cref="StateLostException">It is not there, and must not be acted on.</exception>
    public void Append(StoredRequest request, string? organization)
    {
        var intent = new LoggedIntent(
            request.Service,
            request.ContentKey,
            request.Model,
            request.PayloadSha256 ?? "",
            StoredValues.MicroUsd(request.EstimatedUsd),
            request.IntentAt ?? throw new InvalidOperationException("An intent has its time."))
        {
            Organization = organization,
        };
        long mine;
        lock (lineGate)
        {
            line.Append(intent.ToLine()).Append('\n');
            mine = ++asked;
        }

        lock (gate)
        {
            // Whoever held the gate before may have written it already.
            if (written < mine)
            {
                WriteLine();
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

    private void WriteLine()
    {
        if (lost is not null)
        {
            // What came after a failure stands behind a gap.
            throw new StateLostException(lost.Failure, lost);
        }

        byte[] text;
        long upTo;
        lock (lineGate)
        {
            (text, upTo) = (Encoding.UTF8.GetBytes(line.ToString()), asked);
            line.Clear();
        }

        try
        {
            stream ??= Open();
            stream.Write(text);
            stream.Flush(flushToDisk: true);
            written = upTo;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            lost = new StateLostException(SqliteFailures.Of(e, folder), e);
            throw lost;
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
