namespace GmiKlingFlow.Core.Media.Iso;

/// <summary>ffprobe's names for the four-character codes and MPEG-4 object types that files made for people use.</summary>
internal static class IsoCodecs
{
    /// <param name="objectType">Of an <c>esds</c> box; null when there is none.</param>
    public static string Video(string type, int? objectType) => type switch
    {
        "avc1" or "avc3" => "h264",
        "hvc1" or "hev1" or "dvh1" or "dvhe" => "hevc",
        "vvc1" or "vvi1" => "vvc",
        "av01" => "av1",
        "vp08" => "vp8",
        "vp09" => "vp9",
        "apch" or "apcn" or "apcs" or "apco" or "ap4h" or "ap4x" => "prores",
        "jpeg" or "mjpa" or "mjpb" or "AVDJ" => "mjpeg",
        "png " or "MPNG" => "png",
        "s263" or "h263" or "H263" => "h263",
        "mp4v" when objectType is { } number => MpegVideo(number) ?? type,
        _ => type,
    };

    /// <param name="bits">Per sample, where the code leaves it open.</param>
    public static string Audio(string type, int? objectType, int bits) => type switch
    {
        "mp4a" when objectType is { } number => MpegAudio(number) ?? type,
        ".mp3" or "ms\0U" => "mp3",
        "sowt" => bits == 8 ? "pcm_s8" : "pcm_s16le",
        "twos" => bits == 8 ? "pcm_s8" : "pcm_s16be",
        "in24" => "pcm_s24be",
        "in32" => "pcm_s32be",
        "fl32" => "pcm_f32be",
        "fl64" => "pcm_f64be",
        "raw " => "pcm_u8",
        "ulaw" => "pcm_mulaw",
        "alaw" => "pcm_alaw",
        "ac-3" => "ac3",
        "ec-3" => "eac3",
        "Opus" => "opus",
        "fLaC" => "flac",
        "samr" => "amr_nb",
        "sawb" => "amr_wb",
        "ima4" => "adpcm_ima_qt",
        _ => type,
    };

    // Object type indications: the MP4 registration authority's list.
    private static string? MpegVideo(int objectType) => objectType switch
    {
        0x20 => "mpeg4",
        0x21 => "h264",
        0x23 => "hevc",
        >= 0x60 and <= 0x65 => "mpeg2video",
        0x6A => "mpeg1video",
        0x6C => "mjpeg",
        0x6D => "png",
        _ => null,
    };

    private static string? MpegAudio(int objectType) => objectType switch
    {
        0x40 or 0x66 or 0x67 or 0x68 => "aac",
        0x69 or 0x6B => "mp3",
        0xA5 => "ac3",
        0xA6 => "eac3",
        0xA9 => "dts",
        0xAD => "opus",
        0xDD => "vorbis",
        _ => null,
    };
}
