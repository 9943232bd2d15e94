namespace GmiKlingFlow.Core.Media;

/// <summary>What containers are called in file names and messages.</summary>
public static class MediaContainerNames
{
    /// <summary>The usual extension without a dot, which is also the service's <c>file_type</c> (api-contract 2.2): <c>mp4</c>, <c>mp3</c> ...</summary>
    public static string Extension(this MediaContainer container) => container switch
    {
        MediaContainer.Mp4 => "mp4",
        MediaContainer.Mov => "mov",
        MediaContainer.M4a => "m4a",
        MediaContainer.Wav => "wav",
        MediaContainer.Mp3 => "mp3",
        _ => "aac",
    };

    /// <summary>True when a file of this container may bear this name. Names without an extension, or with one of no medium, promise nothing.</summary>
    public static bool MayBeNamed(this MediaContainer container, string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".mp4" or ".m4v" => container is MediaContainer.Mp4 or MediaContainer.M4a,
        ".mov" or ".qt" => container is MediaContainer.Mov,
        ".m4a" or ".m4b" => container is MediaContainer.M4a,
        ".wav" or ".wave" => container is MediaContainer.Wav,
        ".mp3" => container is MediaContainer.Mp3,
        ".aac" or ".adts" => container is MediaContainer.Aac,
        _ => true,
    };
}
