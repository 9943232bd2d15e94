using System.Globalization;
using System.Text.Json;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Simulator.Faults;
using GmiKlingFlow.Simulator.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GmiKlingFlow.Simulator.Requests;

/// <summary>The queue's endpoints (api-contract 1, lines 1 to 6). There is no documented cancel: DELETE is answered with 405.</summary>
internal sealed class QueueEndpoints(FaultGate gate, Submission submission, RequestStore requests, RecordWriter writer, UploadGrants grants, SimulatorOptions options)
{
    public const string Base = "/api/v1/ie/requestqueue/apikey";

    /// <summary>No limit is documented; this one leaves room for inline audio.</summary>
    private const long LargestBody = 50_000_000;

    public void Map(IEndpointRouteBuilder routes)
    {
        var queue = routes.MapGroup(Base);
        queue.MapMethods("/models", ["GET"], context => Run(context, "/models", () => QueueAnswer.Json(ModelCatalogue.List())));
        queue.MapMethods("/models/{id}", ["GET"], context => Run(context, $"/models/{Id(context)}", () =>
            ModelCatalogue.Has(Id(context)) ? QueueAnswer.Json(ModelCatalogue.Detail(Id(context), options)) : QueueAnswer.UnknownModel(Id(context))));
        queue.MapMethods("/requests", ["POST"], PostRequestAsync);
        queue.MapMethods("/requests", ["GET"], context => Run(context, "/requests", () => List(context.Request.Query)));
        queue.MapMethods("/requests/{id}", ["GET"], context => Run(context, $"/requests/{Id(context)}", () =>
            requests.Find(Id(context)) is { } request ? QueueAnswer.Json(writer.Record(request)) : QueueAnswer.UnknownRequest(Id(context))));
        queue.MapMethods("/upload-url", ["POST"], PostUploadAsync);
    }

    private Task Run(HttpContext context, string path, Func<IResult> answer) =>
        gate.RunAsync(context, path, null, _ => Task.FromResult(IsAuthorized(context) ? answer() : QueueAnswer.Unauthorized()));

    private async Task PostRequestAsync(HttpContext context)
    {
        var (json, refusal) = IsAuthorized(context) ? await ReadAsync(context) : (default, QueueAnswer.Unauthorized());
        var error = "";
        using var body = refusal is null ? SubmittedBody.Parse(json, out error) : null;
        var organisation = context.Request.Headers["X-Organization-ID"].ToString() is { Length: > 0 } given ? given : null;
        await gate.RunAsync(context, "/requests", body?.Model, async rule =>
            refusal ?? (body is null
                ? QueueAnswer.Error(StatusCodes.Status400BadRequest, error)
                : await submission.TakeAsync(body, organisation, rule, context.RequestAborted)));
    }

    private async Task PostUploadAsync(HttpContext context)
    {
        var (json, refusal) = IsAuthorized(context) ? await ReadAsync(context) : (default, QueueAnswer.Unauthorized());
        await gate.RunAsync(context, "/upload-url", null, _ => Task.FromResult(refusal ?? Grant(json)));
    }

    // What GMI says to another file type is not recorded: refusing it is our choice (api-contract 1, "Upload details").
    private IResult Grant(ReadOnlyMemory<byte> body)
    {
        using var document = SubmittedBody.Document(body);
        if (document?.RootElement is not { ValueKind: JsonValueKind.Object } root
            || !root.TryGetProperty("file_type", out var value) || value.ValueKind != JsonValueKind.String
            || !UploadGrants.ContentTypes.TryGetValue(value.GetString() ?? "", out var contentType))
        {
            return QueueAnswer.Error(StatusCodes.Status400BadRequest, $"file_type must be one of: {string.Join(", ", UploadGrants.ContentTypes.Keys)}");
        }

        var name = $"gmi-uploads/{Guid.NewGuid():n}.{value.GetString()}";
        var address = writer.Address(name);
        return QueueAnswer.Json(RecordWriter.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("upload_url", address + grants.Sign(name, contentType));
            json.WriteString("public_url", address);
            json.WriteEndObject();
        }));
    }

    private IResult List(IQueryCollection query)
    {
        var limit = int.MaxValue;
        if (query.TryGetValue("limit", out var text) && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit > 0))
        {
            return QueueAnswer.Error(StatusCodes.Status400BadRequest, "limit must be a positive number");
        }

        return QueueAnswer.Json(writer.List(requests.List(query.TryGetValue("model_id", out var model) ? model.ToString() : null, limit)));
    }

    private bool IsAuthorized(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            && header["Bearer ".Length..].Trim() is { Length: > 0 } key
            && (options.ApiKey is null || string.Equals(key, options.ApiKey, StringComparison.Ordinal));
    }

    private static async Task<(ReadOnlyMemory<byte> Body, IResult? Refusal)> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        if (!request.HasJsonContentType())
        {
            return (default, QueueAnswer.Error(StatusCodes.Status415UnsupportedMediaType, "Content-Type must be application/json"));
        }

        using var body = new MemoryStream();
        var buffer = new byte[81920];
        long total = 0;
        int read;
        try
        {
            // What is too much is read on, within reason, and thrown away: a client that is still sending would not see the answer.
            while (total <= LargestBody * 4 && (read = await request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
            {
                total += read;
                if (total <= LargestBody)
                {
                    body.Write(buffer, 0, read);
                }
            }
        }
        catch (BadHttpRequestException)
        {
            return (default, QueueAnswer.Error(StatusCodes.Status400BadRequest, "invalid request body: it ended too early"));
        }

        return total > LargestBody
            ? (default, QueueAnswer.Error(StatusCodes.Status413PayloadTooLarge, "request body is too large"))
            : (body.ToArray(), null);
    }

    private static string Id(HttpContext context) => context.GetRouteValue("id") as string ?? "";
}
