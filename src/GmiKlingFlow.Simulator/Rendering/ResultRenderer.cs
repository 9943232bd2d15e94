using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Simulator.Kling;
using GmiKlingFlow.Simulator.Storage;

namespace GmiKlingFlow.Simulator.Rendering;

/// <summary>A result in storage.</summary>
/// <param name="Note">What the record says about how it was made; null for a rendered video.</param>
internal sealed record RenderedResult(string ObjectName, string? Note);

/// <summary>Makes the result of a lip-sync: with ffmpeg the clips mixed into the video, without it the source video. Equal tasks share one file.</summary>
internal sealed class ResultRenderer(FfmpegTurns? ffmpeg, ObjectStore store, ResultFaces faces)
{
    /// <summary>GMI's result folder, with its own spelling (api-contract 2.6).</summary>
    private const string Folder = "gmi-video-assests-prod/user-assests";

    private readonly ConcurrentDictionary<string, Lazy<Task<RenderedResult>>> results = new(StringComparer.Ordinal);

    public async Task<RenderedResult> RenderAsync(SyncTask task, CancellationToken cancellationToken)
    {
        var key = Key(task);
        try
        {
            return await results.GetOrAdd(key, _ => new(async () =>
            {
                var result = await MakeAsync(task, key, cancellationToken);
                faces.Keep(result.ObjectName, task.Session.Faces);
                return result;
            })).Value;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            results.TryRemove(key, out _);
            throw;
        }
    }

    private async Task<RenderedResult> MakeAsync(SyncTask task, string key, CancellationToken cancellationToken)
    {
        var name = $"{Folder}/{key}.mp4";
        if (store.Find(name) is not null)
        {
            return new RenderedResult(name, null);
        }

        if (ffmpeg is null || task.Session.Media.Reading is not MediaReading.Read { Facts: var facts })
        {
            return CopySource(task, "ffmpeg was not found: this is the source video, unchanged");
        }

        var draft = store.Draft(".mp4");
        try
        {
            // Some codecs of a mov can't stand in an mp4; then the picture is encoded anew.
            var failure = await ffmpeg.RunAsync(MixArguments.For(task, facts, draft, encodePicture: false), cancellationToken);
            failure = failure is null ? null : await ffmpeg.RunAsync(MixArguments.For(task, facts, draft, encodePicture: true), cancellationToken);
            if (failure is not null)
            {
                return CopySource(task, $"{failure}; this is the source video, unchanged");
            }

            store.Keep(draft, name);
            return new RenderedResult(name, null);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private RenderedResult CopySource(SyncTask task, string note)
    {
        var source = task.Session.Media;
        var name = $"{Folder}/{source.Sha256}.mp4";
        if (store.Find(name) is null)
        {
            var draft = store.Draft(".mp4");
            File.Copy(source.File, draft, overwrite: true);
            store.Keep(draft, name);
        }

        var silent = source.Reading is MediaReading.Read { Facts.Audio: null } ? ", and it has no sound" : "";
        return new RenderedResult(name, $"simulator: {note}{silent}");
    }

    private static string Key(SyncTask task)
    {
        var text = new StringBuilder(task.Session.Media.Sha256);
        foreach (var entry in task.Entries)
        {
            text.Append(CultureInfo.InvariantCulture, $"|{entry.Audio.Sha256} {entry.Start.Ticks} {entry.End.Ticks} {entry.Insert.Ticks} {entry.Volume:r} {entry.OriginalVolume:r}");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..32];
    }
}
