using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using GmiKlingFlow.Runtime.Queue;

namespace GmiKlingFlow.Runtime.Downloads;

/// <summary>Fetches the small pictures that identify names: without any credentials, bounded in time and size, and only pictures.</summary>
public sealed class PictureDownloader(TimeProvider time) : IDisposable
{
    /// <summary>A crop of a face has some tens of kilobytes.</summary>
    public const int LargestBytes = 4_000_000;

    private const int Smallest = 24;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly HttpSender http = new(HttpSender.Handler(decompress: false), time);
    private readonly DownloadOptions options = new();

    public async Task<Picture> GetAsync(string address, CancellationToken cancellationToken)
    {
        if (WebAddress.Parse(address) is not { } url)
        {
            return new Picture.Missing("its address is no web address");
        }

        for (var hops = 0; ; hops++)
        {
            switch (await http.SendAsync(HttpMethod.Get, url, null, Patience, LargestBytes, cancellationToken).ConfigureAwait(false))
            {
                case Exchange.Answer { Status: HttpStatusCode.OK, BodyProblem: null } answer:
                    return Extension(answer.Body) is { } extension
                        ? new Picture.Fetched(answer.Body, extension)
                        : new Picture.Missing($"{url.Host} sent something else than a PNG, JPEG or WebP picture");
                case Exchange.Answer { Status: HttpStatusCode.OK } broken:
                    return new Picture.Missing(broken.BodyProblem ?? "it broke off");
                case Exchange.Answer answer when (int)answer.Status is 301 or 302 or 303 or 307 or 308:
                    var (next, _) = ResultFetch.Follow(url, answer.Location, hops, options);
                    if (next is null)
                    {
                        return new Picture.Missing($"{url.Host} redirects to where downloads do not follow");
                    }

                    url = next;
                    break;
                case Exchange.Answer answer:
                    return new Picture.Missing(string.Create(CultureInfo.InvariantCulture, $"{url.Host} answered with status {(int)answer.Status}"));
                case Exchange.Silence silence:
                    return new Picture.Missing($"{url.Host}: {silence.Detail}");
                case var other:
                    throw new InvalidOperationException($"A picture was answered by {other.GetType().Name}.");
            }
        }
    }

    public void Dispose() => http.Dispose();

    /// <returns>Null for what is no picture that everybody can look at.</returns>
    internal static string? Extension(ReadOnlySpan<byte> bytes) => bytes.Length < Smallest ? null
        : bytes is [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] && bytes[12..].StartsWith("IHDR"u8) ? "png"
        : bytes is [0xFF, 0xD8, 0xFF, ..] ? "jpg"
        : bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBPVP8"u8) && BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) + 8L <= bytes.Length ? "webp"
        : null;
}
