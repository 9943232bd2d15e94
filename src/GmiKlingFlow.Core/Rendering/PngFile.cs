using System.Buffers.Binary;
using System.IO.Compression;

namespace GmiKlingFlow.Core.Rendering;

/// <summary>What a pixel is made of.</summary>
public enum PngColours
{
    /// <summary>One byte.</summary>
    Grey = 0,

    /// <summary>Three bytes: red, green, blue.</summary>
    Rgb = 2,
}

/// <returns>The bytes of one row of pixels, from the left.</returns>
/// <param name="y">From 0 at the top.</param>
public delegate ReadOnlySpan<byte> PngRow(int y);

/// <summary>Writes pictures as PNG: eight bits a colour, no alpha.</summary>
public static class PngFile
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <exception cref="IOException">The stream took it not, or not whole.</exception>
    public static void Write(Stream png, int width, int height, PngColours colours, PngRow row)
    {
        png.Write(Signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        (header[8], header[9]) = (8, (byte)colours); // deflate, no filter and no interlacing are the zeros behind it
        Chunk(png, "IHDR"u8, header);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var y = 0; y < height; y++)
            {
                zlib.WriteByte(0);
                zlib.Write(row(y));
            }
        }

        Chunk(png, "IDAT"u8, packed.GetBuffer().AsSpan(0, (int)packed.Length));
        Chunk(png, "IEND"u8, []);
    }

    private static void Chunk(Stream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(data, Crc(type, uint.MaxValue)) ^ uint.MaxValue);
        png.Write(number);
    }

    private static uint Crc(ReadOnlySpan<byte> data, uint crc)
    {
        foreach (var b in data)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xedb88320;
            }
        }

        return crc;
    }
}
