using GmiKlingFlow.Core.Media;

namespace GmiKlingFlow.Core.Tests.Media;

/// <summary>The files that readings are compared on: what encoders, containers and tools make of one moving picture and one tone.</summary>
internal static class MediaCases
{
    private const string Picture = "-f lavfi -i testsrc2=size=160x120:rate=25:duration=2.5";
    private const string X264 = "-c:v libx264 -preset ultrafast -crf 40 -pix_fmt yuv420p";
    private const string Aac = "-c:a aac -b:a 64k";
    private const string Both = $"{Picture} -f lavfi -i sine=frequency=440:sample_rate=44100:duration=2.5 {X264} {Aac}";

    public static IReadOnlyList<MediaCase> All { get; } = [.. Iso(), .. Quicktime(), .. SoundInIso(), .. Wave(), .. Mp3(), .. Adts()];

    private static string Tone(int rate = 44100, int channels = 1, string seconds = "2.5") =>
        $"-f lavfi -i sine=frequency=440:sample_rate={rate}:duration={seconds} -ac {channels}";

    private static IEnumerable<MediaCase> Iso()
    {
        MediaCase Mp4(string name, string arguments, Func<byte[], byte[]>? edit = null) => new(name, MediaContainer.Mp4, arguments, edit);

        yield return Mp4("plain.mp4", Both);
        yield return Mp4("faststart.mp4", $"{Both} -movflags +faststart");
        yield return Mp4("silent.mp4", $"{Picture} {X264}");
        yield return Mp4("b-frames.mp4", $"{Picture} -c:v libx264 -preset medium -bf 3 -crf 40 -pix_fmt yuv420p");
        yield return Mp4("one-frame.mp4", $"{Picture} {X264} -frames:v 1");
        yield return Mp4("odd-rate.mp4", $"-f lavfi -i testsrc2=size=160x120:rate=30000/1001:duration=2.5 {X264}");
        yield return Mp4("variable-rate.mp4", $"{Picture} -vf select='not(mod(n\\,7))+lt(n\\,20)' -vsync vfr {X264}");
        yield return Mp4("longer-sound.mp4", $"{Picture} {Tone(seconds: "4.2")} {X264} {Aac}");
        yield return Mp4("shorter-sound.mp4", $"{Picture} {Tone(seconds: "1.3")} {X264} {Aac}");
        yield return Mp4("late-sound.mp4", $"{Picture} -itsoffset 0.7 {Tone()} {X264} {Aac}");
        yield return Mp4("late-picture.mp4", $"{Tone()} -itsoffset 0.4 {Picture} {X264} {Aac}");
        yield return Mp4("cut.mp4", "-ss 1.1 -i plain.mp4 -c copy");
        yield return Mp4("cut-b-frames.mp4", "-ss 0.5 -i b-frames.mp4 -c copy");
        yield return Mp4("cut-end.mp4", "-i plain.mp4 -t 1.234 -c copy");
        yield return Mp4("no-edit-list.mp4", $"{Both} -use_editlist 0");
        yield return Mp4("turned-90.mp4", "-i plain.mp4 -c copy -metadata:s:v rotate=90");
        yield return Mp4("turned-180.mp4", "-i plain.mp4 -c copy -metadata:s:v rotate=180");
        yield return Mp4("turned-270.mp4", "-i plain.mp4 -c copy -metadata:s:v rotate=270");
        yield return Mp4("fragments.mp4", $"{Both} -g 10 -movflags frag_keyframe+empty_moov+default_base_moof");
        yield return Mp4("fragments-first-in-moov.mp4", $"{Both} -g 10 -movflags frag_keyframe");
        yield return Mp4("fragments-b-frames.mp4", $"{Picture} -c:v libx264 -preset medium -bf 2 -g 12 -crf 40 -pix_fmt yuv420p -movflags frag_keyframe+empty_moov");
        yield return Mp4("fragments-every-frame.mp4", $"{Both} -movflags frag_every_frame+empty_moov");
        yield return Mp4("dash.mp4", $"{Both} -g 10 -movflags +dash+frag_keyframe+delay_moov");
        yield return Mp4("cmaf.mp4", $"{Picture} {X264} -g 10 -movflags +cmaf+frag_keyframe+empty_moov");
        yield return Mp4("hevc.mp4", $"{Picture} -c:v libx265 -preset ultrafast -x265-params log-level=none -tag:v hvc1");
        yield return Mp4("av1.mp4", $"{Picture} -t 0.4 -c:v libaom-av1 -cpu-used 8 -crf 50");
        yield return Mp4("mpeg4.mp4", $"{Picture} {Tone()} -c:v mpeg4 {Aac}");
        yield return Mp4("vp9.mp4", $"{Picture} -t 0.4 -c:v libvpx-vp9 -deadline realtime -cpu-used 8");
        yield return Mp4("mp3-inside.mp4", $"{Picture} {Tone()} {X264} -c:a libmp3lame");
        yield return Mp4("ac3-inside.mp4", $"{Picture} {Tone(48000, 2)} {X264} -c:a ac3");
        yield return Mp4("opus-inside.mp4", $"{Picture} {Tone(48000)} {X264} -c:a libopus");
        yield return Mp4("sound-first.mp4", $"{Tone()} {Picture} -map 0:a -map 1:v {X264} {Aac}");
        yield return Mp4("anamorphic.mp4", $"{Picture} -aspect 16:9 {X264}");
        yield return Mp4("time-scale.mp4", $"{Both} -video_track_timescale 90000 -movie_timescale 48000");
        yield return Mp4("wide-size.mp4", "-i plain.mp4 -c copy", MediaEdits.WidenMediaData);
        yield return Mp4("size-to-end.mp4", "-i faststart.mp4 -c copy -movflags +faststart", MediaEdits.OpenMediaData);
        yield return Mp4("turned-as-a-whole.mp4", "-i plain.mp4 -c copy", MediaEdits.TurnMovie);
        yield return Mp4("long-chunk-offsets.mp4", "-i plain.mp4 -c copy", MediaEdits.WidenChunkOffsets);
        yield return Mp4("version-1-headers.mp4", $"{Both} -g 10 -f ismv");
        yield return Mp4("month-late-sound.mp4", $"{Picture} -itsoffset 2200000 {Tone()} {X264} {Aac}");
        yield return Mp4("padded.mp4", "-i plain.mp4 -c copy", bytes => [.. bytes, .. new byte[37]]);
    }

    private static IEnumerable<MediaCase> Quicktime()
    {
        MediaCase Mov(string name, string arguments, Func<byte[], byte[]>? edit = null) => new(name, MediaContainer.Mov, arguments, edit);

        yield return Mov("plain.mov", Both);
        yield return Mov("pcm.mov", $"{Picture} {Tone(48000, 2)} {X264} -c:a pcm_s16le");
        yield return Mov("pcm-big-endian.mov", $"{Picture} {Tone(48000, 2)} {X264} -c:a pcm_s16be");
        yield return Mov("pcm-24.mov", $"{Picture} {Tone(48000)} {X264} -c:a pcm_s24le");
        yield return Mov("pcm-96k.mov", $"{Picture} {Tone(96000, 2)} {X264} -c:a pcm_f32le");
        yield return Mov("prores.mov", $"{Picture} -t 0.4 -c:v prores_ks -profile:v 0");
        yield return Mov("mjpeg.mov", $"{Picture} {Tone()} -c:v mjpeg {Aac}");
        yield return Mov("mp3-inside.mov", $"{Picture} {Tone()} {X264} -c:a libmp3lame");
        yield return Mov("turned.mov", "-i plain.mov -c copy -metadata:s:v rotate=90");
        yield return Mov("no-brand.mov", "-i plain.mov -c copy", MediaEdits.DropBrand);
        yield return Mov("sound-only.mov", $"{Tone()} {Aac}");
    }

    private static IEnumerable<MediaCase> SoundInIso()
    {
        MediaCase M4a(string name, string arguments) => new(name, MediaContainer.M4a, arguments);

        yield return M4a("mono.m4a", $"{Tone()} {Aac}");
        yield return M4a("stereo-48k.m4a", $"{Tone(48000, 2)} {Aac}");
        yield return M4a("surround.m4a", $"{Tone(48000, 6)} -c:a aac");
        yield return M4a("rate-8k.m4a", $"{Tone(8000)} -c:a aac -b:a 24k");
        yield return M4a("rate-96k.m4a", $"{Tone(96000)} -c:a aac");
        yield return M4a("alac.m4a", $"{Tone(44100, 2)} -c:a alac");
        yield return M4a("alac-96k.m4a", $"{Tone(96000)} -c:a alac");
        yield return M4a("copied-adts.m4a", "-i mono.aac -c copy");
        yield return M4a("cut.m4a", "-ss 0.8 -i mono.m4a -c copy");
        yield return M4a("fragments.m4a", $"{Tone()} {Aac} -movflags frag_keyframe+empty_moov -frag_duration 500000");
        yield return M4a("sound-only.mp4", $"{Tone()} {Aac}");
        yield return M4a("very-short.m4a", $"{Tone(seconds: "0.01")} {Aac}");
    }

    private static IEnumerable<MediaCase> Wave()
    {
        MediaCase Wav(string name, string arguments, Func<byte[], byte[]>? edit = null) => new(name, MediaContainer.Wav, arguments, edit);

        yield return Wav("mono.wav", Tone());
        yield return Wav("stereo-48k.wav", Tone(48000, 2));
        yield return Wav("bits-8.wav", $"{Tone(8000)} -c:a pcm_u8");
        yield return Wav("bits-24.wav", $"{Tone(48000, 2)} -c:a pcm_s24le");
        yield return Wav("bits-32.wav", $"{Tone()} -c:a pcm_s32le");
        yield return Wav("float.wav", $"{Tone()} -c:a pcm_f32le");
        yield return Wav("float-64.wav", $"{Tone()} -c:a pcm_f64le");
        yield return Wav("extensible.wav", Tone(48000, 6));
        yield return Wav("mu-law.wav", $"{Tone(8000)} -c:a pcm_mulaw");
        yield return Wav("a-law.wav", $"{Tone(8000)} -c:a pcm_alaw");
        yield return Wav("adpcm-ms.wav", $"{Tone(22050)} -c:a adpcm_ms");
        yield return Wav("adpcm-ima.wav", $"{Tone(22050, 2)} -c:a adpcm_ima_wav");
        yield return Wav("mp3-inside.wav", $"{Tone()} -c:a libmp3lame");
        yield return Wav("rf64.wav", $"{Tone()} -rf64 always");
        yield return Wav("broadcast.wav", $"{Tone()} -write_bext 1 -metadata description=tone");
        yield return Wav("titled.wav", $"{Tone()} -metadata title=odd");
        yield return Wav("odd-list-before-data.wav", $"{Tone()} -bitexact", MediaEdits.InsertOddList);
        yield return Wav("odd-data.wav", $"{Tone(8000, 1, "2.000125")} -c:a pcm_u8", MediaEdits.AppendList);
        yield return Wav("streamed-all-ones.wav", $"{Tone()} -bitexact", bytes => MediaEdits.DataSize(bytes, uint.MaxValue));
        yield return Wav("streamed-zero.wav", $"{Tone()} -bitexact", bytes => MediaEdits.DataSize(bytes, 0));
        yield return Wav("very-short.wav", Tone(seconds: "0.001"));
    }

    private static IEnumerable<MediaCase> Mp3()
    {
        MediaCase Mp3File(string name, string arguments, Func<byte[], byte[]>? edit = null) => new(name, MediaContainer.Mp3, arguments, edit);

        yield return Mp3File("cbr.mp3", $"{Tone()} -c:a libmp3lame -b:a 128k");
        yield return Mp3File("cbr-48k-stereo.mp3", $"{Tone(48000, 2)} -c:a libmp3lame -b:a 192k");
        yield return Mp3File("cbr-no-header.mp3", $"{Tone()} -c:a libmp3lame -b:a 64k -write_xing 0");
        yield return Mp3File("vbr.mp3", $"{Tone()} -c:a libmp3lame -q:a 4");
        yield return Mp3File("vbr-stereo.mp3", $"{Tone(44100, 2)} -c:a libmp3lame -q:a 2");
        yield return Mp3File("vbr-no-header.mp3", $"{Tone()} -c:a libmp3lame -q:a 4 -write_xing 0 -id3v2_version 0");
        yield return Mp3File("abr.mp3", $"{Tone()} -c:a libmp3lame -abr 1 -b:a 96k");
        yield return Mp3File("rate-32k.mp3", $"{Tone(32000)} -c:a libmp3lame -q:a 5");
        yield return Mp3File("rate-22k.mp3", $"{Tone(22050)} -c:a libmp3lame -b:a 32k");
        yield return Mp3File("rate-16k-stereo.mp3", $"{Tone(16000, 2)} -c:a libmp3lame -q:a 5");
        yield return Mp3File("rate-8k.mp3", $"{Tone(8000)} -c:a libmp3lame -b:a 16k");
        yield return Mp3File("joint-stereo-off.mp3", $"{Tone(44100, 2)} -c:a libmp3lame -b:a 128k -joint_stereo 0");
        yield return Mp3File("titled.mp3", $"{Tone()} -c:a libmp3lame -metadata title=Title -write_id3v1 1");
        yield return Mp3File("cover.mp3", $"{Tone()} -f lavfi -i testsrc2=size=160x120:duration=0.04:rate=25 -map 0:a -map 1:v -c:v png -c:a libmp3lame -disposition:v attached_pic");
        yield return Mp3File("no-tag.mp3", $"{Tone()} -c:a libmp3lame -id3v2_version 0");
        yield return Mp3File("shine.mp3", $"{Tone(44100, 2)} -c:a libshine -b:a 128k");
        yield return Mp3File("ape-tag.mp3", $"{Tone()} -c:a libmp3lame -id3v2_version 0", MediaEdits.AppendApe);
        yield return Mp3File("vbri.mp3", $"{Tone()} -c:a libmp3lame -b:a 64k -write_xing 0 -id3v2_version 0", MediaEdits.InsertVbri);
        yield return Mp3File("junk-before.mp3", $"{Tone()} -c:a libmp3lame -write_xing 0 -id3v2_version 0", bytes => [.. new byte[1000], .. bytes]);
        yield return Mp3File("two-tags.mp3", $"{Tone()} -c:a libmp3lame", bytes => [.. "ID3"u8, 4, 0, 0x10, 0, 0, 0, 5, 1, 2, 3, 4, 5, .. "3DI"u8, 4, 0, 0x10, 0, 0, 0, 5, .. bytes]);
        yield return Mp3File("very-short.mp3", $"{Tone(seconds: "0.01")} -c:a libmp3lame");
        yield return Mp3File("cut-frame.mp3", $"{Tone()} -c:a libmp3lame -write_xing 0 -id3v2_version 0", bytes => bytes[..^50]);
    }

    private static IEnumerable<MediaCase> Adts()
    {
        MediaCase AacFile(string name, string arguments, Func<byte[], byte[]>? edit = null) => new(name, MediaContainer.Aac, arguments, edit);

        yield return AacFile("mono.aac", $"{Tone()} {Aac}");
        yield return AacFile("stereo-48k.aac", $"{Tone(48000, 2)} -c:a aac -b:a 128k");
        yield return AacFile("surround.aac", $"{Tone(48000, 6)} -c:a aac");
        yield return AacFile("rate-8k.aac", $"{Tone(8000)} -c:a aac -b:a 24k");
        yield return AacFile("tagged.aac", $"{Tone()} {Aac} -write_id3v2 1 -metadata title=Title");
        yield return AacFile("very-short.aac", $"{Tone(seconds: "0.01")} {Aac}");
    }
}
