using System.Buffers;
using System.Globalization;

namespace GmiKlingFlow.Runtime.Queue;

/// <summary>Reads an answer's body up to a limit; a lying server must not fill the memory.</summary>
internal static class BoundedBody
{
    /// <returns>What came, and why that is not the whole; null when it is.</returns>
    public static async Task<(byte[] Body, string? Problem)> ReadAsync(HttpContent content, long maxBytes, CancellationToken cancellationToken)
    {
        using var kept = new MemoryStream();
        // Rented: a buffer of its own for every poll would be most of what a run allocates.
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                int read;
                while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
                {
                    var room = (int)Math.Min(read, maxBytes - kept.Length);
                    kept.Write(buffer, 0, room);
                    if (room < read)
                    {
                        return (kept.ToArray(), string.Create(CultureInfo.InvariantCulture, $"it is larger than {maxBytes} bytes"));
                    }
                }
            }

            return (kept.ToArray(), null);
        }
        catch (Exception e) when (e is IOException or HttpRequestException or InvalidDataException)
        {
            return (kept.ToArray(), "it ended early");
        }
        catch (OperationCanceledException)
        {
            // The head has been answered: that knowledge is kept.
            return (kept.ToArray(), "its end did not come in time");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
