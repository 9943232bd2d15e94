using System.Security.Cryptography;
using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>Local sources, held against what the plan read.</summary>
internal static class SourceFiles
{
    /// <summary>Whether the file still has the content that was checked and hashed: another one may be refused, or be paid for under the wrong name.</summary>
    public static async Task<bool> IsAsPlannedAsync(MediaSource.LocalFile file, CancellationToken cancellationToken)
    {
        try
        {
            var info = new FileInfo(file.FullPath);
            if (!info.Exists || info.Length != file.Bytes)
            {
                return false;
            }

            await using var content = info.OpenRead();
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken)) == file.Sha256;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The files whose public address a payload still needs.</summary>
    public static IReadOnlyList<MediaSource.LocalFile> ToUpload(PayloadValue payload) =>
        [.. Leaves(payload).OfType<PayloadValue.UploadedUrl>().Select(u => u.File).DistinctBy(f => f.Sha256)];

    /// <summary>The files that go inside the request.</summary>
    public static IReadOnlyList<MediaSource.LocalFile> ToInline(PayloadValue payload) =>
        [.. Leaves(payload).OfType<PayloadValue.InlineFile>().Select(i => i.File).DistinctBy(f => f.FullPath)];

    /// <summary>The local files of a job, whether or not its payloads still hold them as such.</summary>
    public static IEnumerable<MediaSource.LocalFile> Of(Job job) =>
        job.Entries.Select(e => (e.Sound.Value as Sound.Track)?.Audio.Source).Prepend(job.Video.Source).OfType<MediaSource.LocalFile>().DistinctBy(f => f.Sha256);

    /// <summary>Whether a payload was planned with this very text.</summary>
    public static bool Names(PayloadValue payload, string text) => Leaves(payload).Any(leaf => leaf is PayloadValue.Text named && named.Value == text);

    private static IEnumerable<PayloadValue> Leaves(PayloadValue value) => value switch
    {
        PayloadValue.Object members => members.Members.SelectMany(m => Leaves(m.Value)),
        PayloadValue.Array array => array.Items.SelectMany(Leaves),
        _ => [value],
    };
}
