using GmiKlingFlow.Core.Rendering;

namespace GmiKlingFlow.Simulator.Rendering;

/// <summary>A small grey picture: what stands for a face where there is no ffmpeg to cut one out.</summary>
internal static class PlaceholderPng
{
    private const int Side = 64;

    public static byte[] Make()
    {
        using var png = new MemoryStream();
        PngFile.Write(png, Side, Side, PngColours.Grey, Row);
        return png.ToArray();
    }

    private static ReadOnlySpan<byte> Row(int y)
    {
        var row = new byte[Side];
        for (var x = 0; x < Side; x++)
        {
            var (dx, dy) = (x - Side / 2, y - Side / 2);
            row[x] = (byte)(dx * dx + dy * dy < Side * Side / 6 ? 0xd0 : 0x70);
        }

        return row;
    }
}
