using System.Globalization;
using GmiKlingFlow.Simulator.Faults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace GmiKlingFlow.Simulator.Storage;

/// <summary>The public storage: signed uploads in, uploads, results and media out, with ranges (api-contract 1, lines 6 and 7; 2.6).</summary>
internal sealed class StorageEndpoints(ObjectStore store, UploadGrants grants, FaultGate gate, string? mediaFolder)
{
    /// <summary>No limit is documented; this one keeps a mistake from filling the disk.</summary>
    private const long LargestUpload = 1L << 30;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/storage/{**name}", ["PUT"], TakeAsync);
        routes.MapMethods("/storage/{**name}", ["GET", "HEAD"], context => ServeAsync(context, store.Objects));
        routes.MapMethods("/media/{**name}", ["GET", "HEAD"], context => ServeAsync(context, mediaFolder));
    }

    private Task TakeAsync(HttpContext context) => gate.RunAsync(context, PathOf(context), null, async _ => await PutAsync(context));

    private Task ServeAsync(HttpContext context, string? folder) =>
        gate.RunAsync(context, PathOf(context), null, _ => Task.FromResult(folder is null ? StorageAnswer.NotFound() : Get(folder, context)));

    private static IResult Get(string folder, HttpContext context)
    {
        if (ServedFolder.Find(folder, Name(context)) is not { } file)
        {
            return StorageAnswer.NotFound();
        }

        var info = new FileInfo(file);
        var tag = string.Create(CultureInfo.InvariantCulture, $"\"{info.LastWriteTimeUtc.Ticks:x}-{info.Length:x}\"");
        return Results.File(
            file,
            ContentTypeOf(info.Extension),
            lastModified: new DateTimeOffset(info.LastWriteTimeUtc, TimeSpan.Zero),
            entityTag: EntityTagHeaderValue.Parse(tag),
            enableRangeProcessing: true);
    }

    private async Task<IResult> PutAsync(HttpContext context)
    {
        var (request, name) = (context.Request, Name(context));
        if (request.Headers.Authorization.Count > 0)
        {
            return StorageAnswer.OneAuthOnly();
        }

        var check = grants.Check(name, request.ContentType, request.Query["X-Goog-Date"], request.Query["X-Goog-Expires"], request.Query["X-Goog-Signature"]);
        if (check != GrantCheck.Good)
        {
            return StorageAnswer.Refused(check);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = LargestUpload;
        }

        var draft = store.Draft(".upload");
        try
        {
            await using (var file = File.Create(draft))
            {
                await request.Body.CopyToAsync(file, context.RequestAborted);
            }

            store.Keep(draft, name);
            return Results.Ok();
        }
        catch (BadHttpRequestException e)
        {
            return e.StatusCode == StatusCodes.Status413PayloadTooLarge ? StorageAnswer.TooLarge() : StorageAnswer.Incomplete();
        }
        catch (IOException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return StorageAnswer.DiskTrouble();
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private static string PathOf(HttpContext context) => context.Request.Path.Value ?? "";

    private static string Name(HttpContext context) => context.GetRouteValue("name") as string ?? "";

    private static string ContentTypeOf(string extension) => extension.ToLowerInvariant() switch
    {
        ".mp4" => "video/mp4",
        ".mov" => "video/quicktime",
        ".mp3" => "audio/mpeg",
        ".wav" => "audio/wav",
        ".m4a" => "audio/mp4",
        ".aac" => "audio/aac",
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        _ => "application/octet-stream",
    };
}
