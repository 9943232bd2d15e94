using GmiKlingFlow.Core.Media;

namespace GmiKlingFlow.Core.Model;

/// <summary>Where a video or an audio track comes from.</summary>
public abstract record MediaSource
{
    /// <summary>Stands for a source that a diagnostic keeps from being known.</summary>
    public static readonly MediaSource Lost = new RemoteUrl(new Uri("about:blank"), IsUnreadable: true);

    private MediaSource()
    {
    }

    /// <summary>What people see: the path as written in the flow, or the URL.</summary>
    public abstract string Shown { get; }

    /// <summary>What the bytes say; null when they were not read, or could not be (a diagnostic tells why).</summary>
    public abstract MediaFacts? Media { get; init; }

    /// <summary>True when they were asked for and could not be read: what is missing because of that has its diagnostic already.</summary>
    public abstract bool IsUnreadable { get; }

    /// <summary>A local file inside an allowed folder, read and, where it will be planned, hashed.</summary>
    /// <param name="Shown">The path as written in the flow.</param>
    /// <param name="FullPath">Absolute, with symlinks resolved.</param>
    /// <param name="Sha256">Lower-case hex of the content; null when the flow is only checked.</param>
    /// <param name="Bytes">File size.</param>
    /// <param name="Media">What the bytes say; null when they could not be read as media.</param>
    public sealed record LocalFile(string Shown, string FullPath, string? Sha256, long Bytes, MediaFacts? Media) : MediaSource
    {
        public override string Shown { get; } = Shown;

        public override MediaFacts? Media { get; init; } = Media;

        public override bool IsUnreadable => Media is null;

        public string Sha256 { get => field ?? throw new InvalidOperationException("A file that is only checked has no hash."); } = Sha256;
    }

    /// <summary>A URL that the service will fetch by itself.</summary>
    /// <param name="Media">Known only where URLs are looked at (<c>--online</c>).</param>
    /// <param name="IsUnreadable">True when it was looked at and can't be what the service takes.</param>
    public sealed record RemoteUrl(Uri Url, MediaFacts? Media = null, bool IsUnreadable = false) : MediaSource
    {
        public override MediaFacts? Media { get; init; } = Media;

        public override bool IsUnreadable { get; } = IsUnreadable;

        /// <summary>The size that its host tells; null when it was not asked, or does not tell.</summary>
        public long? Bytes { get; init; } = Media?.Bytes;

        /// <summary>The URL as written, so that what is sent is what the user gave.</summary>
        public override string Shown => Url.OriginalString;
    }
}
