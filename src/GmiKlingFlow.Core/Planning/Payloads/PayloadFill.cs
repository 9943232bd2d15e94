using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Core.Planning.Payloads;

/// <summary>Values for a payload's unknowns, as far as they have become known.</summary>
/// <param name="SessionId">Null while identify has not answered.</param>
/// <param name="UploadedUrl">The public URL of an uploaded file, or null while it is not uploaded.</param>
public sealed record PayloadFill(string? SessionId, Func<MediaSource.LocalFile, string?> UploadedUrl)
{
    /// <summary>Nothing known: what a plan shows.</summary>
    public static readonly PayloadFill None = new(null, static _ => null);

    /// <summary>Where the result of the pass before lies; null while it is not known.</summary>
    public string? PassResult { get; init; }
}
