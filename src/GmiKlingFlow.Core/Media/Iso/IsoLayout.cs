using System.Text;

namespace GmiKlingFlow.Core.Media.Iso;

/// <summary>The boxes a file is made of, and what is wrong with them as a whole.</summary>
/// <param name="Brand">The major brand of <c>ftyp</c>; null in old QuickTime files, which have none.</param>
/// <param name="MediaBytes">The size of all <c>mdat</c> contents together.</param>
/// <param name="Problem">A clause such as <c>the file ends inside its 'mdat' box</c>; null when the boxes are whole.</param>
internal sealed record IsoLayout(
    string? Brand,
    IsoBox? Movie,
    IReadOnlyList<IsoBox> Fragments,
    long MediaBytes,
    string? Problem)
{
    private static readonly HashSet<string> FirstTypes = new(StringComparer.Ordinal)
    {
        "ftyp", "moov", "mdat", "free", "skip", "wide", "pnot", "styp", "moof", "sidx", "uuid",
    };

    private static readonly HashSet<string> PictureBrands = new(StringComparer.Ordinal)
    {
        "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "avif", "avis",
    };

    /// <summary>True when a file's first bytes can be those of an MP4 or QuickTime file. Some pictures are made of the same boxes.</summary>
    public static bool LooksLikeOne(ReadOnlySpan<byte> head) =>
        head.Length >= 8
        && FirstTypes.Contains(Encoding.Latin1.GetString(head[4..8]))
        && !(head.Length >= 12 && PictureBrands.Contains(Encoding.Latin1.GetString(head[8..12])));

    public static IsoLayout Of(IsoFile file)
    {
        string? brand = null, problem = null;
        IsoBox? movie = null;
        var fragments = new List<IsoBox>();
        long mediaBytes = 0, at = 0;
        foreach (var box in file.Boxes(0, file.Length))
        {
            at = box.End;
            switch (box.Type)
            {
                case "ftyp":
                    brand ??= file.Type(box, 0);
                    break;
                case "moov":
                    movie ??= box;
                    break;
                case "moof":
                    fragments.Add(box);
                    break;
                case "mdat":
                    mediaBytes += box.ContentLength;
                    break;
            }

            if (box.Missing > 0)
            {
                problem = FormattableString.Invariant($"the file ends inside its '{box.Type}' box ({box.Missing:N0} bytes are missing)");
            }
        }

        problem ??= file.IsTooMuch ? "it has more boxes than are read (200,000)" : null;
        problem ??= at < file.Length && !(movie is not null && mediaBytes > 0) ? StrayBytes(file, at) : null;
        problem ??= movie is null ? "it has no 'moov' box: the recording or the download was not finished" : null;
        problem ??= mediaBytes == 0 ? "it has no media data (its 'mdat' box is missing or empty)" : null;
        return new IsoLayout(brand, movie, fragments, mediaBytes, problem);
    }

    private static string StrayBytes(IsoFile file, long at) => file.Length - at < 8
        ? "the file ends inside the head of a box"
        : FormattableString.Invariant($"what stands at byte {at:N0} is no box");
}
