using System.Buffers.Text;
using System.Security.Cryptography;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Media;
using GmiKlingFlow.Core.Rules;
using GmiKlingFlow.Simulator.Storage;

namespace GmiKlingFlow.Simulator.Kling;

/// <summary>What <c>sound_file</c> held.</summary>
/// <param name="Problem">Why there is no media; null when the rules on <paramref name="Subject"/> tell.</param>
internal sealed record TakenAudio(AudioSubject Subject, InspectedMedia? Media, string? Problem);

/// <summary>Takes the audio of <c>sound_file</c>: from a URL, or from bare Base64 (api-contract 4.3).</summary>
internal sealed class AudioIntake(MediaFetcher fetcher, MediaInspector inspector, ObjectStore store, KlingLimits limits)
{
    public async Task<TakenAudio> TakeAsync(string soundFile, Place place, CancellationToken cancellationToken)
    {
        if (soundFile.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || soundFile.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            var shown = MediaFetcher.Shown(soundFile);
            var name = shown.Split('/')[^1] is { Length: > 0 } last ? last : "sound_file";
            var fetch = await fetcher.FetchAsync(soundFile, cancellationToken);
            return fetch is FetchResult.Fetched { Media: var fetched }
                ? Read(fetched, name, null, place)
                : new(new AudioSubject(name, null, null, null, place), null, $"{place.Path}: {(fetch as FetchResult.Refused)?.Reason}");
        }

        return await DecodeAsync(soundFile, place, cancellationToken);
    }

    private async Task<TakenAudio> DecodeAsync(string text, Place place, CancellationToken cancellationToken)
    {
        // A data: prefix is no Base64 either, so the rule on it tells both; the decoded size is limited before anything is decoded.
        if (text.Length == 0 || !Base64.IsValid(text, out var bytes))
        {
            return new(new AudioSubject("sound_file", null, null, null, place) { Base64 = text }, null, null);
        }

        if (bytes > limits.AudioBytes)
        {
            return new(new AudioSubject("sound_file", null, null, bytes, place), null, null);
        }

        var content = Convert.FromBase64String(text);
        var objectName = $"inline/{Convert.ToHexStringLower(SHA256.HashData(content))}";
        if (store.Find(objectName) is not { } file)
        {
            var draft = store.Draft(".inline");
            await File.WriteAllBytesAsync(draft, content, cancellationToken);
            file = store.Keep(draft, objectName);
        }

        return Read(await inspector.InspectAsync(file, cancellationToken), "sound_file", text, place);
    }

    private static TakenAudio Read(InspectedMedia media, string name, string? base64, Place place) =>
        media.Reading is MediaReading.Read { Facts: var facts }
            ? new(new AudioSubject(name, facts, facts.Duration, facts.Bytes, place) { Base64 = base64 }, media, null)
            : new(new AudioSubject(name, null, null, null, place), null, $"{place.Path}: \"{name}\" is not audio: {(media.Reading as MediaReading.Unreadable)?.Reason}");
}
