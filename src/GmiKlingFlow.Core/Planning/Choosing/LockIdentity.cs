using System.Globalization;
using System.Text;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Keys;

namespace GmiKlingFlow.Core.Planning.Choosing;

/// <summary>Names what a faces lock decides: contents, ids and times. Comments, order, file names and thumbnails decide nothing.</summary>
internal static class LockIdentity
{
    /// <returns>Lower-case hex SHA-256.</returns>
    public static string Of(FacesLock faces)
    {
        var text = new StringBuilder("gkflow-faces-1\n");
        foreach (var video in faces.Videos.OrderBy(static video => video.Fingerprint, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{video.Fingerprint.Length}:{video.Fingerprint} {video.Faces.Count}\n");
            foreach (var face in FaceChooser.InOrder([.. video.Faces.Select(static locked => locked.Face)]))
            {
                text.Append(CultureInfo.InvariantCulture, $"{face.Id.Length}:{face.Id} {Milliseconds.Of(face.Visible.Start)} {Milliseconds.Of(face.Visible.End)}\n");
            }
        }

        return ContentIdentity.Hex(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
