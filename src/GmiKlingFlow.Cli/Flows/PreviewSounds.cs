using GmiKlingFlow.Core.Model;

namespace GmiKlingFlow.Cli.Flows;

/// <summary>The sounds of one job as files: audio inside the flow is laid down beside, and gone when the job is done.</summary>
internal sealed class PreviewSounds(StandIns standIns) : IDisposable
{
    private readonly Dictionary<string, string> written = new(StringComparer.Ordinal);
    private DirectoryInfo? folder;

    /// <summary>The name of an audio that is a URL; null while there was none.</summary>
    public string? Missing { get; private set; }

    /// <returns>Absolute; null for what can't be heard here, as Kling's own <c>audio_id</c>.</returns>
    public string? Of(Sound sound)
    {
        switch (sound)
        {
            case Sound.Track { Audio: var audio }:
                var file = standIns.Of(audio.Name, audio.Source)?.Path;
                Missing ??= file is null ? audio.Name : null;
                return file;
            case Sound.Base64 { Text: var text }:
                return Written(text);
            default:
                return null;
        }
    }

    public void Dispose() => folder?.Delete(recursive: true);

    private string Written(string text)
    {
        if (!written.TryGetValue(text, out var path))
        {
            folder ??= Directory.CreateTempSubdirectory("gkflow-sounds-");
            written.Add(text, path = Path.Combine(folder.FullName, $"sound-{written.Count}"));
            File.WriteAllBytes(path, Convert.FromBase64String(text));
        }

        return path;
    }
}
