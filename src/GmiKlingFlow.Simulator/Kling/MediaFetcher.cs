using System.Security.Cryptography;
using GmiKlingFlow.Simulator.Storage;

namespace GmiKlingFlow.Simulator.Kling;

/// <summary>Gets the media that payloads name: from the simulator's own storage and media folder, and by HTTP from other servers on this
/// machine. It has no network: a URL of any other host counts as the file of the media folder whose path is a tail of the URL's
/// (<c>https://cdn.example.com/a/b/voice.mp3</c>: <c>a/b/voice.mp3</c>, <c>b/voice.mp3</c> or <c>voice.mp3</c>), and is refused when there is none.</summary>
internal sealed class MediaFetcher(ObjectStore store, string? mediaFolder, MediaInspector inspector, HttpClient http, Func<int> port)
{
    private const int DeepestTail = 8;
    private const long LargestFetch = 1L << 28;

    public async Task<FetchResult> FetchAsync(string url, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            return new FetchResult.Refused($"\"{Shown(url)}\" is not an http or https URL");
        }

        try
        {
            if (!uri.IsLoopback)
            {
                return Stored(uri) is { } standIn
                    ? new FetchResult.Fetched(await inspector.InspectAsync(standIn, cancellationToken))
                    : new FetchResult.Refused($"\"{Shown(url)}\" can't be fetched: the simulator has no network. Put a file of that name into its media folder");
            }

            var path = Uri.UnescapeDataString(uri.AbsolutePath);
            if (path.StartsWith("/storage/", StringComparison.Ordinal) && store.Find(path["/storage/".Length..]) is { } kept)
            {
                // Also by the port of an earlier simulator on the same storage folder.
                return new FetchResult.Fetched(await inspector.InspectAsync(kept, cancellationToken));
            }

            if (uri.Port != port())
            {
                return await DownloadAsync(uri, cancellationToken);
            }

            return path.StartsWith("/media/", StringComparison.Ordinal) && mediaFolder is not null && ServedFolder.Find(mediaFolder, path["/media/".Length..]) is { } media
                ? new FetchResult.Fetched(await inspector.InspectAsync(media, cancellationToken))
                : new FetchResult.Refused($"\"{Shown(url)}\" answers 404");
        }
        catch (IOException e)
        {
            return new FetchResult.Refused($"\"{Shown(url)}\" can't be read ({e.Message})");
        }
        catch (UnauthorizedAccessException)
        {
            return new FetchResult.Refused($"\"{Shown(url)}\" can't be read: not permitted");
        }
    }

    /// <summary>Without the query, which may hold a signature.</summary>
    public static string Shown(string url) => url.Split('?', '#')[0] is var bare && bare.Length > 200 ? $"{bare[..200]}..." : bare;

    private string? Stored(Uri uri)
    {
        if (mediaFolder is null)
        {
            return null;
        }

        var segments = Uri.UnescapeDataString(uri.AbsolutePath).Split('/', StringSplitOptions.RemoveEmptyEntries);
        return Enumerable.Range(Math.Max(0, segments.Length - DeepestTail), Math.Min(segments.Length, DeepestTail))
            .Select(from => ServedFolder.Find(mediaFolder, string.Join('/', segments[from..])))
            .FirstOrDefault(file => file is not null);
    }

    private async Task<FetchResult> DownloadAsync(Uri uri, CancellationToken cancellationToken)
    {
        var draft = store.Draft(".fetch");
        try
        {
            using var response = await http.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                return new FetchResult.Refused($"\"{Shown(uri.OriginalString)}\" answers {(int)response.StatusCode}");
            }

            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using (var file = File.Create(draft))
            {
                await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
                var buffer = new byte[81920];
                long total = 0;
                int read;
                while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0)
                {
                    total += read;
                    if (total > LargestFetch)
                    {
                        return new FetchResult.Refused($"\"{Shown(uri.OriginalString)}\" is too large");
                    }

                    hash.AppendData(buffer.AsSpan(0, read));
                    await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                }
            }

            var sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
            return new FetchResult.Fetched(await inspector.InspectAsync(store.Keep(draft, $"fetched/{sha256}{Extension(uri)}"), cancellationToken));
        }
        catch (HttpRequestException e)
        {
            return new FetchResult.Refused($"\"{Shown(uri.OriginalString)}\" can't be fetched ({e.Message})");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new FetchResult.Refused($"\"{Shown(uri.OriginalString)}\" did not answer in time");
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private static string Extension(Uri uri)
    {
        var extension = Path.GetExtension(uri.AbsolutePath);
        return extension.Length is > 1 and <= 6 && extension.AsSpan(1).IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789") < 0 ? extension : "";
    }
}
