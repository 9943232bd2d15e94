using System.Globalization;
using GmiKlingFlow.Runtime.Verification;

namespace GmiKlingFlow.Cli.Output.Verifications;

/// <summary>What became of a manifest's files, for people: the verdict, then a line for each that is listed.</summary>
internal sealed class VerifyText(Terminal terminal)
{
    private const int ShownHash = 8;

    private readonly Ansi style = new(terminal.Traits.ColourOnOutput);

    public void Write(VerifiedManifest manifest)
    {
        terminal.WriteSentence($"Verify: {Counts(manifest)} · {Printable.Line(manifest.Given)}", style: manifest.IsWhole ? style.Green : style.Red);
        var run = manifest.Run;
        terminal.WriteSentence($"run {Printable.Line(run.Id)} · gkflow {Printable.Line(run.ToolVersion ?? "of an unknown version")} · rules {Printable.Line(run.RuleProfile ?? "not told")}{(run.Simulated ? " · simulated" : "")}", indent: 2);
        if (!manifest.HasInputs)
        {
            terminal.WriteSentence("These results are of a release that told no inputs but the flow.", indent: 2);
        }

        if (manifest.WithoutOutput is > 0 and var without)
        {
            terminal.WriteSentence(string.Create(CultureInfo.InvariantCulture, $"{without} job{(without == 1 ? "" : "s")} made no video in this run."), indent: 2);
        }

        foreach (var file in manifest.Files)
        {
            terminal.WriteSentence(Line(file), indent: 2, style: line => Painted(file.Verdict, line));
        }
    }

    private static string Counts(VerifiedManifest manifest) => string.Join(", ", new[]
        {
            FileVerdict.Changed, FileVerdict.Missing, FileVerdict.Refused, FileVerdict.Unreadable, FileVerdict.Whole, FileVerdict.NotKnown,
        }
        .Where(verdict => manifest.Count(verdict) > 0)
        .Select(verdict => string.Create(CultureInfo.InvariantCulture, $"{manifest.Count(verdict)} {Word(verdict)}"))
        .DefaultIfEmpty("nothing to look at"));

    private static string Line(CheckedFile file)
    {
        var hashes = file is { Verdict: FileVerdict.Changed, FoundSha256: { } found } ? $" · sha256 {Short(file.ExpectedSha256)} → {Short(found)}" : "";
        return $"{Word(file.Verdict),-10} {file.Role,-10} {Printable.Line(file.Name)}"
            + (file.Job is { } job ? $" · job {Printable.Line(job)}" : "")
            + hashes
            + (file.Reason is { } reason ? $" · {Printable.Line(reason)}" : "");
    }

    private static string Short(string? hash) => hash is null ? "?" : hash.Length > ShownHash ? $"{Printable.Line(hash[..ShownHash])}…" : Printable.Line(hash);

    private string Painted(FileVerdict verdict, string line) => line.StartsWith(Word(verdict), StringComparison.Ordinal)
        ? (verdict is FileVerdict.Whole or FileVerdict.NotKnown ? style.Dim(Word(verdict)) : style.Red(Word(verdict))) + line[Word(verdict).Length..]
        : line;

    private static string Word(FileVerdict verdict) => verdict switch
    {
        FileVerdict.NotKnown => "not known",
        _ => verdict.ToString().ToLowerInvariant(),
    };
}
