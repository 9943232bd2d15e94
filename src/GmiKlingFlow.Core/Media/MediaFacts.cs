namespace GmiKlingFlow.Core.Media;

/// <summary>What is known of a media file, read from its bytes.</summary>
/// <param name="Bytes">File size.</param>
/// <param name="Duration">Of the whole: the longest track's presented duration.</param>
/// <param name="Video">The first video track; null when there is none.</param>
/// <param name="Audio">The first audio track; null when there is none.</param>
public sealed record MediaFacts(
    MediaContainer Container,
    long Bytes,
    TimeSpan Duration,
    VideoTrackFacts? Video,
    AudioTrackFacts? Audio);

/// <param name="Codec">ffprobe's name where it is a usual one (<c>h264</c>, <c>hevc</c>, <c>mpeg4</c>, <c>av1</c>, <c>prores</c>), else the four-character code.</param>
/// <param name="Width">As displayed, in pixels (rotation applied).</param>
/// <param name="Height">As displayed, in pixels (rotation applied).</param>
public sealed record VideoTrackFacts(string Codec, int Width, int Height, TimeSpan Duration);

/// <param name="Codec">ffprobe's name where it is a usual one (<c>aac</c>, <c>mp3</c>, <c>pcm_s16le</c>, <c>alac</c>), else the four-character code.</param>
/// <param name="SampleRate">In Hz.</param>
public sealed record AudioTrackFacts(string Codec, int SampleRate, int Channels, TimeSpan Duration);
