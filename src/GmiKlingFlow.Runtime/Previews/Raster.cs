using System.Globalization;
using System.Text;

namespace GmiKlingFlow.Runtime.Previews;

/// <param name="R">Red, 0 to 255.</param>
internal readonly record struct Colour(byte R, byte G, byte B)
{
    public Colour Dimmed => new((byte)(R * 2 / 5), (byte)(G * 2 / 5), (byte)(B * 2 / 5));
}

/// <summary>A picture in memory: boxes and small letters. Drawn here because many builds of ffmpeg draw no text.</summary>
internal sealed class Raster
{
    /// <summary>Of one letter with its space, in dots; a dot is <see cref="Dot"/> pixels.</summary>
    public const int LetterWidth = 6;

    public const int Dot = 2;

    public const int LineHeight = 9 * Dot;

    private readonly byte[] pixels;

    public Raster(int width, int height, Colour ground)
    {
        (Width, Height) = (width, height);
        pixels = new byte[width * height * 3];
        Box(0, 0, width, height, ground);
    }

    public int Width { get; }

    public int Height { get; }

    public ReadOnlySpan<byte> Row(int y) => pixels.AsSpan(y * Width * 3, Width * 3);

    /// <summary>What of the box lies in the picture.</summary>
    public void Box(int left, int top, int width, int height, Colour colour)
    {
        var (right, bottom) = (Math.Min(Width, left + width), Math.Min(Height, top + height));
        for (var y = Math.Max(0, top); y < bottom; y++)
        {
            for (var x = Math.Max(0, left); x < right; x++)
            {
                var at = ((y * Width) + x) * 3;
                (pixels[at], pixels[at + 1], pixels[at + 2]) = (colour.R, colour.G, colour.B);
            }
        }
    }

    /// <summary>One line; what does not fit is cut off with two dots.</summary>
    public void Text(int left, int top, string text, Colour colour)
    {
        var room = Math.Max(0, (Width - left) / (LetterWidth * Dot));
        var letters = Plain(text);
        if (letters.Length > room)
        {
            letters = room < 3 ? letters[..room] : $"{letters[..(room - 2)]}..";
        }

        foreach (var (index, letter) in letters.Index())
        {
            Letter(left + (index * LetterWidth * Dot), top, letter, colour);
        }
    }

    public static int TextWidth(string text) => Plain(text).Length * LetterWidth * Dot;

    private void Letter(int left, int top, char letter, Colour colour)
    {
        var columns = Letters.Of(letter);
        for (var column = 0; column < columns.Length; column++)
        {
            for (var row = 0; row < 8; row++)
            {
                if ((columns[column] >> row & 1) != 0)
                {
                    Box(left + (column * Dot), top + (row * Dot), Dot, Dot, colour);
                }
            }
        }
    }

    /// <summary>Accents go; what these letters can't write at all becomes one mark a character.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in WellFormed(text).Normalize(NormalizationForm.FormD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Format or UnicodeCategory.EnclosingMark))
            {
                plain.Append(rune.Value is >= ' ' and <= '~' ? (char)rune.Value : rune.Value == 0xb7 ? '-' : Letters.Unknown);
            }
        }

        return plain.ToString();
    }

    // Half a surrogate pair can't be normalised.
    private static string WellFormed(string text) => string.Concat(text.EnumerateRunes().Select(static rune => rune.ToString()));
}
