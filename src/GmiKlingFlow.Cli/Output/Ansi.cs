namespace GmiKlingFlow.Cli.Output;

/// <summary>The few styles our own text uses; empty where the stream has no colour.</summary>
internal readonly record struct Ansi(bool IsOn)
{
    public string Bold(string text) => Wrap("1", text);

    public string Dim(string text) => Wrap("2", text);

    public string Red(string text) => Wrap("1;31", text);

    public string Yellow(string text) => Wrap("1;33", text);

    public string Green(string text) => Wrap("32", text);

    public string Cyan(string text) => Wrap("36", text);

    private string Wrap(string code, string text) => IsOn && text.Length > 0 ? $"\e[{code}m{text}\e[0m" : text;
}
