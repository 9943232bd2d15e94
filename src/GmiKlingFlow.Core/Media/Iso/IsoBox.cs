namespace GmiKlingFlow.Core.Media.Iso;

/// <summary>One box of an ISO base media file (ISO/IEC 14496-12, 4.2) or atom of a QuickTime file.</summary>
/// <param name="Content">Where the content begins, after the size and type.</param>
/// <param name="End">Where the box ends, never beyond what holds it.</param>
/// <param name="Missing">How many bytes the box claims beyond what holds it; 0 for a whole box.</param>
internal sealed record IsoBox(string Type, long Start, long Content, long End, long Missing)
{
    public long ContentLength => End - Content;
}
