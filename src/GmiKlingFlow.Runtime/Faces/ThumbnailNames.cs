using System.Security.Cryptography;
using System.Text;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Runtime.Faces;

/// <summary>Names pictures after video and face, so that a reviewer knows what is looked at; no two share a name, on any disk.</summary>
internal sealed class ThumbnailNames(IEnumerable<string> taken)
{
    private const int LongestVideo = 40;
    private const int LongestFace = 24;
    private const int SuffixLength = 8;

    private readonly HashSet<string> names = new(taken, StringComparer.OrdinalIgnoreCase);

    /// <returns>As in <c>host-0.png</c>; with a piece of a hash where that is taken or says too little.</returns>
    public string Next(LockedVideo video, Face face, string extension)
    {
        var file = video.Source.Split('?')[0].Split('/', '\\')[^1];
        var (stem, id) = (Plain(Path.GetFileNameWithoutExtension(file), LongestVideo), Plain(face.Id, LongestFace));
        var name = $"{(stem.Length == 0 ? "video" : stem)}-{id}.{extension}";
        if (id == face.Id && names.Add(name))
        {
            return name;
        }

        var content = FormattableString.Invariant($"{video.Fingerprint}\n{face.Id}\n{face.Visible.Start.Ticks}\n{face.Visible.End.Ticks}");
        name = $"{Path.ChangeExtension(name, null)}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))[..SuffixLength]}.{extension}";
        names.Add(name);
        return name;
    }

    // What every file system takes and writes the same way.
    private static string Plain(string text, int longest)
    {
        var plain = string.Concat(text.Select(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-'));
        return plain.Length <= longest ? plain : plain[..longest];
    }
}
