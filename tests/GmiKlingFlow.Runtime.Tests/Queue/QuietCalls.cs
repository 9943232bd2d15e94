using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.Queue;

namespace GmiKlingFlow.Runtime.Tests.Queue;

/// <summary>Calls by someone with all the patience in the world: only their own limits end them.</summary>
internal static class QuietCalls
{
    public static Task<SubmitOutcome> SubmitAsync(this IRequestQueue queue, string model, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        queue.SubmitAsync(model, body, null, cancellationToken);

    public static Task<QueryOutcome> GetAsync(this IRequestQueue queue, string requestId, CancellationToken cancellationToken) =>
        queue.GetAsync(requestId, null, cancellationToken);

    public static Task<ListOutcome> ListAsync(this IRequestQueue queue, string model, CancellationToken cancellationToken) =>
        queue.ListAsync(model, null, cancellationToken);

    public static Task<UploadOutcome> UploadAsync(this IRequestQueue queue, MediaSource.LocalFile file, CancellationToken cancellationToken) =>
        queue.UploadAsync(file, null, cancellationToken);

    public static Task<int?> StatusOfAsync(this IRequestQueue queue, string publicUrl, CancellationToken cancellationToken) =>
        queue.StatusOfAsync(publicUrl, null, cancellationToken);
}
