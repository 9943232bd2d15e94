using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Planning.Checking;
using GmiKlingFlow.Core.Rules;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Manifests;

/// <summary>
/// All problems of a flow are told in one go, and one cause makes one diagnostic (product 3.3): each mistake alone gives exactly its own,
/// and any two of them give exactly both. Only where the one takes away what the other is measured against may the other wait.
/// </summary>
public sealed class TwoMistakesTests
{
    private const string Right = """
        apiVersion: gmiklingflow/v1
        kind: Flow
        name: test
        vars: { lead_in: 250ms }
        videos:
          host:
            source: host.mp4
            faces:
              anna: { id: "0" }
              ben: { at: 4s }
        audio:
          hello: { source: hello.wav }
          talk: { source: talk.wav }
        jobs:
          - id: plain
            when: true
            labels: { locale: en }
            video: host
            faces:
              - face: anna
                audio: hello
                sound_start_time: "{{ audio.duration_ms - 3150 }}"
                sound_end_time: 3s
                sound_insert_time: "{{ video.duration_ms - 6000 }}"
                sound_volume: 1
                original_audio_volume: 0
            output: plain.mp4
          - id: made-{{ matrix.locale }}
            matrix: { locale: [de, fr] }
            video: host
            faces: [{ face: ben, audio: talk, sound_insert_time: "{{ face.start_time + ms(vars.lead_in) }}", sound_volume: 2 }]
            output: made/{{ job.id }}.mp4
          - id: verbatim
            video: host
            face_choose:
              - face_id: "0"
                sound_file: https://media.example.com/hello.mp3
                sound_start_time: 0
                sound_end_time: 3000
                sound_insert_time: 500
                sound_volume: 1.5
          - id: cued
            video: host
            segments_from: talk.srt
            audio: talk
            original_audio_volume: 0.5
        run:
          concurrency: 4

        """;

    private const string Cues = "1\n00:00:00,500 --> 00:00:03,000\nANNA: Hello\n";

    // What a mistake takes away is what nobody can know any more because of it.
    private const string AllVideos = "videos plain.video made.video verbatim.video cued.video plain.faces made.faces cued.faces source faces";

    private static readonly Mistake[] Mistakes =
    [
        new("GKF2001", "name: test", "name: test\nnmae: x"),
        new("GKF2001", "videos:\n", "vidoes:\n", Takes: AllVideos),
        new("GKF2003", "videos:\n", "videos: [clips]\nx-videos:\n", Takes: AllVideos),
        new("GKF2001", "audio:\n  hello", "adio:\n  hello", Takes: "plain.audio hello.source cued.audio some.audio"),
        new("GKF2001", "source: hello.wav", "sauce: hello.wav", Needs: "hello.source", Takes: "plain.audio"),
        new("GKF2001", "    faces:\n      anna", "    fases:\n      anna", Needs: "source", Takes: "plain.faces made.faces cued.faces faces"),
        new("GKF1014", "name: test", "name: test\ninclude: [gone.yaml]", Takes: "vars videos plain.audio plain.faces some.audio"),
        new("GKF2001", "vars: {", "vras: {", Takes: "vars"),
        new("GKF2006", "name: test", "name: Test!"),
        new("GKF4001", "    video: host\n    faces:\n", "    video: hots\n    faces:\n", Needs: "videos", Takes: "plain.video plain.faces"),
        new("GKF4001", "    matrix: { locale: [de, fr] }\n    video: host", "    matrix: { locale: [de, fr] }\n    video: hots", Needs: "videos", Takes: "made.video made.faces"),
        new("GKF4001", "    video: host\n    face_choose", "    video: hots\n    face_choose", Needs: "videos", Takes: "verbatim.video"),
        new("GKF4001", "    video: host\n    segments_from", "    video: hots\n    segments_from", Needs: "videos", Takes: "cued.video cued.faces"),
        new("GKF4009", "source: host.mp4", "source: gone.mp4", Needs: "source", Takes: "plain.video made.video verbatim.video cued.video"),
        new("GKF5001", "source: host.mp4", "source: empty.mp4", Needs: "source", Takes: "plain.video made.video verbatim.video cued.video"),
        new("GKF2008", "ben: { at: 4s }", "ben: { at: soon }", Needs: "faces"),
        new("GKF4211", "ben: { at: 4s }", "ben: { at: 40s }", Needs: "plain.video faces"),
        new("GKF4002", "        audio: hello", "        audio: helo", Needs: "some.audio", Takes: "plain.audio"),
        new("GKF4002", "audio: talk, sound", "audio: tlak, sound", Needs: "some.audio"),
        new("GKF4002", "    audio: talk\n", "    audio: tlak\n", Needs: "some.audio", Takes: "cued.audio"),
        new("GKF4009", "source: hello.wav", "source: gone.wav", Needs: "hello.source", Takes: "plain.audio"),
        new("GKF4003", "face: anna", "face: ana", Needs: "plain.faces"),
        new("GKF4003", "face: ben", "face: bne", Needs: "made.faces"),
        new("GKF3104", "when: true", "when: \"{{ vars.whn }}\"", Needs: "vars"),
        new("GKF3104", "locale: en", "locale: \"{{ vars.language }}\"", Needs: "vars"),
        new("GKF4022", "when: true", "when: 0"),
        new("GKF2003", "sound_start_time: \"{{ audio.duration_ms - 3150 }}\"", "sound_start_time: [0]"),
        new("GKF4123", "sound_start_time: \"{{ audio.duration_ms - 3150 }}\"", "sound_start_time: -5"),
        new("GKF2008", "sound_end_time: 3s", "sound_end_time: later"),
        new("GKF4124", "sound_end_time: 3s", "sound_end_time: 9s", Needs: "plain.audio"),
        new("GKF3104", "video.duration_ms - 6000", "video.duration - 6000"),
        new("GKF4128", "\"{{ video.duration_ms - 6000 }}\"", "9500", Needs: "plain.video"),
        new("GKF4132", "sound_volume: 1\n", "sound_volume: 3\n"),
        new("GKF2009", "original_audio_volume: 0\n", "original_audio_volume: loud\n"),
        new("GKF4007", "output: plain.mp4", "output: ../plain.mp4"),
        new("GKF4008", "output: plain.mp4", "output: verbatim.mp4"),
        new("GKF4006", "id: plain", "id: plain/one"),
        new("GKF4004", "id: plain", "id: cued"),
        new("GKF3104", "made-{{ matrix.locale }}", "made-{{ matrix.local }}", Needs: "made.matrix"),
        new("GKF2003", "{ locale: [de, fr] }", "[de, fr]", Takes: "made.matrix"),
        new("GKF3104", "ms(vars.lead_in)", "ms(vars.leadin)", Needs: "vars"),
        new("GKF4132", "sound_volume: 2 }", "sound_volume: -1 }"),
        new("GKF2001", "sound_volume: 2 }", "sound_volum: 2 }"),
        new("GKF4032", "https://media.example.com/hello.mp3", "hello.mp3"),
        new("GKF4205", "        sound_insert_time: 500\n", ""),
        new("GKF4126", "sound_end_time: 3000", "sound_end_time: 900"),
        new("GKF2021", "sound_end_time: 3000", "sound_end_time: 3s"),
        new("GKF4132", "sound_volume: 1.5", "sound_volume: 15"),
        new("GKF4009", "segments_from: talk.srt", "segments_from: gone.srt"),
        new("GKF4133", "original_audio_volume: 0.5", "original_audio_volume: 5"),
        new("GKF2011", "concurrency: 4", "concurrency: 0"),
    ];

    public static TheoryData<int> All => [.. Enumerable.Range(0, Mistakes.Length)];

    [Fact]
    public void Check_NoMistake_TellsNothing() => Assert.Empty(Told(Right));

    [Theory]
    [MemberData(nameof(All))]
    public void Check_OneMistake_TellsItAlone(int number)
    {
        var told = Told(Mistakes[number].In(Right));
        Assert.True(told.Count == 1 && told.Single().Code == Mistakes[number].Code, $"{Mistakes[number]}\n{string.Join('\n', told)}");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Check_TwoMistakes_TellsBoth(int number)
    {
        var first = Mistakes[number];
        foreach (var second in Mistakes.Skip(number + 1).Where(other => !other.IsAtThePlaceOf(first)))
        {
            var (alone, other) = (Told(first.In(Right)), Told(second.In(Right)));
            var both = Told(second.In(first.In(Right)));
            var expected = alone.Union(other).Except(first.Hides(second) ? other : second.Hides(first) ? alone : []).ToHashSet();
            Assert.True(both.IsSupersetOf(expected) && both.IsSubsetOf(alone.Union(other)), $"{first}\n{second}\n{string.Join('\n', both)}");
        }
    }

    private static HashSet<(string Code, string? Path)> Told(string text)
    {
        var flow = new FlowCase(text).WithBytes("/flows/talk.wav", [3]).WithBytes("/flows/empty.mp4", []).WithFile("/flows/talk.srt", Cues);
        foreach (var read in flow.LoadAll())
        {
            FlowChecks.Check(read, KlingLimits.Current, flow.Diagnostics);
        }

        return [.. flow.Diagnostics.Select(d => (d.Code, d.Place?.Path))];
    }

    /// <param name="Needs">What has to be known for this to be told.</param>
    /// <param name="Takes">What is not known any more because of this.</param>
    private sealed record Mistake(string Code, string From, string To, string Needs = "", string Takes = "")
    {
        public string In(string text)
        {
            Assert.Equal(2, text.Split(From).Length);
            return text.Replace(From, To, StringComparison.Ordinal);
        }

        public bool IsAtThePlaceOf(Mistake other)
        {
            var (mine, others) = (Right.IndexOf(From, StringComparison.Ordinal), Right.IndexOf(other.From, StringComparison.Ordinal));
            return mine < others + other.From.Length && others < mine + From.Length;
        }

        public bool Hides(Mistake other) => Takes.Split(' ').Intersect(other.Needs.Split(' ')).Any(thing => thing.Length > 0);
    }
}
