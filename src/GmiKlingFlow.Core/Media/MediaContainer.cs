namespace GmiKlingFlow.Core.Media;

/// <summary>What kind of file the bytes are, whatever the name says.</summary>
public enum MediaContainer
{
    Mp4,
    Mov,
    M4a,
    Wav,
    Mp3,

    /// <summary>Bare AAC frames with ADTS headers.</summary>
    Aac,
}
