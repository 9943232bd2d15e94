using GmiKlingFlow.Core.Media;

namespace GmiKlingFlow.Core.Model;

/// <summary>Where a video or an audio track comes from.</summary>
public abstract record MediaSource
{
    private MediaSource()
    {
    }

    /// <summary>What people see: the path as written in the flow, or the URL.</summary>
    public abstract string Shown { get; }

    /// <summary>A local file inside an allowed folder, read and, where it will be planned, hashed.</summary>
    /// <param name="Shown">The path as written in the flow.</param>
    /// <param name="FullPath">Absolute, with symlinks resolved.</param>
    /// <param name="Sha256">Lower-case hex of the content; null when the flow is only checked.</param>
    /// <param name="Bytes">File size.</param>
    /// <param name="Media">What the bytes say; null when they could not be read as media (a diagnostic tells why).</param>
    public sealed record LocalFile(string Shown, string FullPath, string? Sha256, long Bytes, MediaFacts? Media) : MediaSource
    {
        public override string Shown { get; } = Shown;

        public string Sha256 { get => field ?? throw new InvalidOperationException("A file that is only checked has no hash."); } = Sha256;
    }

    /// <summary>A URL that the service will fetch by itself.</summary>
    public sealed record RemoteUrl(Uri Url) : MediaSource
    {
        /// <summary>The URL as written, so that what is sent is what the user gave.</summary>
        public override string Shown => Url.OriginalString;
    }
}
