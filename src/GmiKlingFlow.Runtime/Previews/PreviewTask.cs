using GmiKlingFlow.Core.Planning.Fitting;

namespace GmiKlingFlow.Runtime.Previews;

/// <summary>One animatic to be made.</summary>
/// <param name="Job">The job's id, drawn into the picture.</param>
/// <param name="Video">Absolute.</param>
/// <param name="Width">As displayed.</param>
/// <param name="Height">As displayed.</param>
/// <param name="Duration">The video's, and the animatic's.</param>
/// <param name="HasSound">Whether the video has sound of its own.</param>
/// <param name="SoundFiles">The sound of each clip: a file, absolute; null for a clip that is shown and not heard.</param>
/// <param name="Output">Absolute; what is there is replaced, as a whole.</param>
public sealed record PreviewTask(
    string Job,
    string Video,
    int Width,
    int Height,
    TimeSpan Duration,
    bool HasSound,
    Soundtrack Soundtrack,
    IReadOnlyList<string?> SoundFiles,
    string Output);

/// <summary>What came of making one.</summary>
public abstract record PreviewOutcome
{
    private PreviewOutcome()
    {
    }

    public sealed record Made(long Bytes) : PreviewOutcome;

    /// <param name="Reason">ffmpeg's own words.</param>
    public sealed record NotRendered(string Reason) : PreviewOutcome;

    /// <param name="Reason">A clause: the disk's.</param>
    public sealed record NotWritten(string Reason) : PreviewOutcome;
}
