using System.Globalization;

namespace GmiKlingFlow.Core.Tests.Planning;

/// <summary>What a flow of three jobs says, whatever its text looks like: local files, URLs with a time that waits for the faces, and verbatim entries.</summary>
internal sealed record FlowText
{
    public string VideoUrl { get; init; } = "https://media.example.com/v/host.mp4";

    public string AudioUrl { get; init; } = "https://media.example.com/a/hello.wav";

    public int Start { get; init; } = 250;

    public int End { get; init; } = 2750;

    public int Insert { get; init; } = 1500;

    public int Lead { get; init; } = 400;

    public string Residual { get; init; } = "face.start_time";

    public double Volume { get; init; } = 1.5;

    public double Original { get; init; } = 0.25;

    public (string Kind, YamlNode Value) Selector { get; init; } = ("id", new YamlNode.Text("7"));

    public string Extra { get; init; } = "warm";

    public bool TwoEntries { get; init; }

    /// <param name="renamed">Names, ids, labels, outputs and files as another person would call them.</param>
    public YamlNode.Map ToYaml(bool renamed)
    {
        string Name(string name) => renamed ? $"other-{name}" : name;
        YamlNode.Text Words(string name) => new(Name(name));
        var local = Map(
            ("face", Words("anna")), ("audio", Words("hello")),
            ("sound_start_time", Time(Start)), ("sound_end_time", Time(End)), ("sound_insert_time", Time(Insert)),
            ("sound_volume", Number(Volume)), ("original_audio_volume", Number(Original)));
        var far = Map(
            ("face", Words("anna")), ("audio", Words("far")), ("sound_end_time", Time(End)), ("sound_insert_time", Later()));
        var verbatim = Map(
            ("face_id", new YamlNode.Text("7")), ("sound_file", new YamlNode.Text(AudioUrl)), ("sound_start_time", Whole(Start)),
            ("sound_end_time", Whole(End)), ("sound_insert_time", Whole(Insert)), ("sound_volume", Number(Volume)), ("tone", new YamlNode.Text(Extra)));
        var faces = Map((Name("anna"), Map((Selector.Kind, Selector.Value))));
        var second = Map(("face_id", new YamlNode.Text("8")), ("audio", Words("hello")), ("sound_end_time", Time(1000)), ("sound_insert_time", Time(5000)));
        return Map(
            ("apiVersion", new YamlNode.Text("gmiklingflow/v1")), ("kind", new YamlNode.Text("Flow")), ("name", Words("trailer")),
            ("vars", Map(("lead", new YamlNode.Plain([Text($"{Lead}"), Text($"0x{Lead:x}"), Text($"+{Lead}")])), ("unused", Words("note")))),
            ("videos", Map(
                (Name("host"), Map(("source", Words("host.mp4")), ("faces", faces))),
                (Name("afar"), Map(("source", new YamlNode.Text(VideoUrl)), ("duration", Time(10_000)), ("faces", faces))))),
            ("audio", Map(
                (Name("hello"), Map(("source", Words("hello.wav")))),
                (Name("far"), Map(("source", new YamlNode.Text(AudioUrl)), ("duration", Time(3150)))))),
            ("jobs", new YamlNode.List([
                Map(("id", Words("local")), ("video", Words("host")), ("labels", Map(("team", Words("north")))), ("output", Words("local.mp4")), ("faces", new YamlNode.List(TwoEntries ? [local, second] : [local]))),
                Map(("id", Words("remote")), ("video", Words("afar")), ("faces", new YamlNode.List([far]))),
                Map(("id", Words("verbatim")), ("video", Words("host")), ("face_choose", new YamlNode.List([verbatim]))),
            ])));
    }

    private YamlNode.Plain Later() => new([
        $"\"{{{{ {Residual} + vars.lead }}}}\"", $"'{{{{{Residual}+vars.lead}}}}'", $"\"{{{{ ({Residual}) + vars['lead'] }}}}\"", $"'{{{{ {Residual} + {Lead} }}}}'",
    ]);

    private static YamlNode.Map Map(params IReadOnlyList<(string, YamlNode)> members) => new(members);

    private static YamlNode.Plain Time(int milliseconds) => new([
        Text($"{milliseconds}"), Text($"{milliseconds}ms"), Text($"'{milliseconds}ms'"), Text($"{milliseconds / 1000m}s"), Text($"\"{milliseconds / 1000m}s\""),
        Text($"\"{{{{ {milliseconds - 50} + 50 }}}}\""), Text($"'{{{{{milliseconds}}}}}'"),
    ]);

    private static YamlNode.Plain Whole(int number) => new([Text($"{number}"), Text($"0x{number:x}"), Text($"+{number}"), Text($"\"{{{{ {number} }}}}\""), Text($"'{{{{ {number - 7} + 7 }}}}'")]);

    private static YamlNode.Plain Number(double number) => new([Text($"{number}"), Text($"{number}00"), Text($"{number}e0"), Text($"\"{{{{ {number} }}}}\""), Text($"'{{{{ {number * 2} / 2 }}}}'")]);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
