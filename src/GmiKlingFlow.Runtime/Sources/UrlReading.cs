using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using GmiKlingFlow.Core.Media;

namespace GmiKlingFlow.Runtime.Sources;

/// <summary>
/// Reads one URL as media: HEAD, then the pieces that the reader asks for; where the host gives no pieces, from the start as far as allowed.
/// Nothing that a host says is believed before it was seen: every size and part is held against the others.
/// </summary>
internal sealed class UrlReading(UrlQuestions questions, OnlineOptions options)
{
    private const int LargestPiece = 1024 * 1024;
    private const string Endless = "its host gives no parts of a file, and the first {0} MB don't tell";

    private long read;
    private string? tag;

    public async Task<RemoteReading> RunAsync(CancellationToken cancellationToken)
    {
        long? announced = null;
        using (var head = await questions.OnceAsync(HttpMethod.Head, null, cancellationToken).ConfigureAwait(false))
        {
            // Signed links often open for GET alone, and some hosts know no HEAD: only what no other verb can mend is believed.
            if (head.Problem is RemoteReading.Unreachable or RemoteReading.NotPublic or RemoteReading.NotFollowed)
            {
                return head.Problem;
            }

            announced = head.Response is { StatusCode: HttpStatusCode.OK } answer && !IsEncoded(answer) ? answer.Content.Headers.ContentLength : null;
        }

        using var first = await questions.AskAsync(HttpMethod.Get, new RangeHeaderValue(0, options.FirstPiece - 1), cancellationToken).ConfigureAwait(false);
        return first switch
        {
            { Problem: { } problem } => problem,
            { Response: { StatusCode: HttpStatusCode.PartialContent } part } when !IsEncoded(part) && part.Content.Headers.ContentRange?.Length is { } total =>
                Differ(announced, total) ?? await PiecesAsync(part, total, cancellationToken).ConfigureAwait(false),
            { Response: { StatusCode: HttpStatusCode.OK } whole } =>
                Differ(announced, IsEncoded(whole) ? null : whole.Content.Headers.ContentLength) ?? await FromStartAsync(whole, cancellationToken).ConfigureAwait(false),
            { Response: { StatusCode: HttpStatusCode.RequestedRangeNotSatisfiable } } => new RemoteReading.NotMedia("it is empty"),
            _ => await WithoutRangeAsync(cancellationToken).ConfigureAwait(false),
        };
    }

    private static bool IsEncoded(HttpResponseMessage response) =>
        response.Content.Headers.ContentEncoding.Any(encoding => !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase));

    private static RemoteReading.Contradictory? Differ(long? before, long? now) => before is { } a && now is { } b && a != b
        ? new RemoteReading.Contradictory(FormattableString.Invariant($"it announces {a:N0} bytes, then {b:N0}"))
        : null;

    private async Task<RemoteReading> WithoutRangeAsync(CancellationToken cancellationToken)
    {
        using var answer = await questions.AskAsync(HttpMethod.Get, null, cancellationToken).ConfigureAwait(false);
        return answer switch
        {
            { Problem: { } problem } => problem,
            { Response: { StatusCode: HttpStatusCode.OK } whole } => await FromStartAsync(whole, cancellationToken).ConfigureAwait(false),
            _ => new RemoteReading.Contradictory("it gives a part where the whole was asked for"),
        };
    }

    private async Task<RemoteReading> PiecesAsync(HttpResponseMessage first, long total, CancellationToken cancellationToken)
    {
        var media = new PartialMedia(total);
        if (await AddAsync(media, first, 0, (int)Math.Min(options.FirstPiece, total), cancellationToken).ConfigureAwait(false) is { } wrong)
        {
            return wrong;
        }

        var size = options.FirstPiece;
        while (true)
        {
            var reading = MediaReader.Read(media);
            if (media.Missing is not { } missing)
            {
                return Of(reading);
            }

            // A reader that steps from frame to frame asks a little after the end of what it has.
            var joined = media.EndNear(missing, options.FirstPiece);
            size = joined is null ? options.FirstPiece : Math.Min(size * 2, LargestPiece);
            var start = joined ?? missing;
            var wanted = (int)Math.Min(Math.Min(size, total - start), options.BytesPerFile - read);
            if (wanted <= 0 || !questions.IsOneLeft)
            {
                return new RemoteReading.OutOfReach(FormattableString.Invariant($"{options.BytesPerFile / 1_000_000} MB of it don't tell how long it is"), total);
            }

            using var answer = await questions.AskAsync(HttpMethod.Get, new RangeHeaderValue(start, start + wanted - 1), cancellationToken).ConfigureAwait(false);
            var problem = answer switch
            {
                { Problem: { } none } => none,
                { Response: { StatusCode: HttpStatusCode.PartialContent } part } when !IsEncoded(part) =>
                    Differ(total, part.Content.Headers.ContentRange?.Length) ?? await AddAsync(media, part, start, wanted, cancellationToken).ConfigureAwait(false),
                _ => new RemoteReading.Contradictory("it gives one part of the file and not another"),
            };
            if (problem is not null)
            {
                return problem;
            }
        }
    }

    /// <returns>Null when exactly the part that was asked for came.</returns>
    private async Task<RemoteReading?> AddAsync(PartialMedia media, HttpResponseMessage part, long start, int wanted, CancellationToken cancellationToken)
    {
        var changed = tag is not null && part.Headers.ETag?.Tag is { } now && now != tag;
        tag ??= part.Headers.ETag?.Tag;
        if (changed)
        {
            return new RemoteReading.Contradictory("it changes while it is read");
        }

        if (part.Content.Headers.ContentRange is not { Unit: "bytes" } range || range.From != start || range.To is not { } to || to > start + wanted - 1)
        {
            return new RemoteReading.Contradictory("it gives another part than was asked for");
        }

        // A host may give less than asked for, but then it says so.
        var bytes = new byte[to - start + 1];
        var body = await part.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var (came, problem) = await FillAsync(body, bytes, cancellationToken).ConfigureAwait(false);
        if (problem is not null || came < bytes.Length)
        {
            return problem ?? Short(bytes.Length, came);
        }

        media.Add(start, bytes);
        return null;
    }

    private async Task<RemoteReading> FromStartAsync(HttpResponseMessage whole, CancellationToken cancellationToken)
    {
        var encodings = whole.Content.Headers.ContentEncoding.Where(e => !e.Equals("identity", StringComparison.OrdinalIgnoreCase)).ToList();
        var raw = await whole.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        if (Decoded(raw, encodings) is not { } body)
        {
            return new RemoteReading.OutOfReach($"its host sends it compressed ({string.Join(", ", encodings.Select(static e => SafeWord(e)))})", null);
        }

        var length = encodings.Count == 0 ? whole.Content.Headers.ContentLength : null;
        var (have, wanted) = (new byte[Math.Min(length ?? options.BytesPerFile, options.BytesPerFile)], (long)options.FirstPiece);
        var isWhole = false;
        for (var count = 0; ;)
        {
            wanted = Math.Min(length is null ? have.Length : wanted, have.Length);
            var (came, problem) = await FillAsync(body, have.AsMemory(count, (int)wanted - count), cancellationToken).ConfigureAwait(false);
            isWhole = count + came < wanted || count + came == length;
            count += came;
            if (problem is not null)
            {
                return problem;
            }

            if (length is { } announced && isWhole && count < announced)
            {
                return Short(announced, count);
            }

            // Of unknown length: all of it has to be here.
            if (length is null && !isWhole && await body.ReadAsync(new byte[1], cancellationToken).ConfigureAwait(false) > 0)
            {
                return new RemoteReading.OutOfReach(string.Format(System.Globalization.CultureInfo.InvariantCulture, Endless, options.BytesPerFile / 1_000_000), null);
            }

            var media = new PartialMedia(length ?? count);
            media.Add(0, have.AsMemory(0, count));
            var reading = count == 0 ? new MediaReading.Unreadable("it is empty") : MediaReader.Read(media);
            if (media.Missing is not { } missing)
            {
                return Of(reading);
            }

            if (missing >= have.Length)
            {
                return new RemoteReading.OutOfReach(string.Format(System.Globalization.CultureInfo.InvariantCulture, Endless, options.BytesPerFile / 1_000_000), length);
            }

            wanted = Math.Max(2L * count, missing + options.FirstPiece);
        }
    }

    private async Task<(int Count, RemoteReading? Problem)> FillAsync(Stream body, Memory<byte> bytes, CancellationToken cancellationToken)
    {
        var count = 0;
        try
        {
            while (count < bytes.Length && await body.ReadAsync(bytes[count..], cancellationToken).ConfigureAwait(false) is > 0 and var came)
            {
                count += came;
                read += came;
            }

            return (count, null);
        }
        catch (HttpIOException e) when (e.HttpRequestError == HttpRequestError.ResponseEnded)
        {
            return (count, new RemoteReading.Contradictory("it ends before the announced number of bytes"));
        }
        catch (Exception e) when (e is InvalidDataException || (e is InvalidOperationException && body is BrotliStream))
        {
            return (count, new RemoteReading.Contradictory("what it sends is not compressed as it says"));
        }
        catch (Exception e) when (UrlAnswer.Of(e, CancellationToken.None) is { Problem: { } problem })
        {
            return (count, problem);
        }
    }

    private static Stream? Decoded(Stream raw, List<string> encodings) => encodings switch
    {
        [] => raw,
        [var one] when one.Equals("gzip", StringComparison.OrdinalIgnoreCase) || one.Equals("x-gzip", StringComparison.OrdinalIgnoreCase) => new GZipStream(raw, CompressionMode.Decompress),
        [var one] when one.Equals("deflate", StringComparison.OrdinalIgnoreCase) => new ZLibStream(raw, CompressionMode.Decompress),
        [var one] when one.Equals("br", StringComparison.OrdinalIgnoreCase) => new BrotliStream(raw, CompressionMode.Decompress),
        _ => null,
    };

    // A host's own word in a message: a token has no other characters (RFC 9110, 5.6.2).
    private static string SafeWord(string word) => string.Concat(word.Where(char.IsAsciiLetterOrDigit).Take(16));

    private static RemoteReading.Contradictory Short(long announced, long came) =>
        new(FormattableString.Invariant($"it announces {announced:N0} bytes and gives {came:N0}"));

    private static RemoteReading Of(MediaReading reading) => reading switch
    {
        MediaReading.Read media => new RemoteReading.Read(media.Facts),
        MediaReading.Unreadable unreadable => new RemoteReading.NotMedia(unreadable.Reason),
        _ => throw new ArgumentOutOfRangeException(nameof(reading), reading, "An unknown kind of reading."),
    };
}
