using System.Text.Json;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.Downloads;
using GmiKlingFlow.Runtime.Results;

namespace GmiKlingFlow.Runtime.Verification;

/// <summary>What of a manifest is looked at.</summary>
public enum VerifyScope
{
    All,
    Inputs,
    Outputs,
}

/// <summary>Holds the files that results name against the disk. Reads them, asks no service, changes nothing.</summary>
/// <param name="scope">Inputs are often not there where outputs were brought to.</param>
/// <param name="listsAll">False: files that are whole, or have nothing to be held against, are counted and not listed.</param>
public sealed class ManifestCheck(VerifyScope scope, bool listsAll)
{
    // Flows of one folder share their media.
    private readonly FileHashes hashes = new();

    /// <param name="manifest">The manifest's path, absolute: its files are named from there.</param>
    public CheckedManifest Check(RunResults results, string manifest, CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(manifest) ?? manifest;
        var (files, counts, withoutOutput) = (new List<CheckedFile>(), new Dictionary<FileVerdict, int>(), 0);
        if (scope is not VerifyScope.Outputs)
        {
            // Older results name one input: the flow.
            var inputs = results.Inputs is { Count: > 0 } told ? told : [new ResultsInput(FlowInputKind.Flow, results.Flow.File, null, results.Flow.Sha256, null)];
            foreach (var input in inputs)
            {
                Add(Input(input, folder, cancellationToken));
            }
        }

        // Jobs come from the file one at a time: gone through once, and none is held.
        foreach (var job in results.Jobs)
        {
            withoutOutput += job.Output is null && job.Status != JobStatus.Skipped ? 1 : 0;
            if (scope is not VerifyScope.Inputs && job.Output is { } output)
            {
                Add(Output(job.Id, output, folder, cancellationToken));
            }
        }

        return new CheckedManifest(files, counts, withoutOutput);

        void Add(CheckedFile file)
        {
            counts[file.Verdict] = counts.GetValueOrDefault(file.Verdict) + 1;
            if (listsAll || file.Verdict is not (FileVerdict.Whole or FileVerdict.NotKnown))
            {
                files.Add(file);
            }
        }
    }

    /// <summary>An input may lie anywhere: nothing is told of it but whether it is the same.</summary>
    private CheckedFile Input(ResultsInput input, string folder, CancellationToken cancellationToken)
    {
        var named = new CheckedFile(JsonNamingPolicy.SnakeCaseLower.ConvertName(input.Kind.ToString()), null, input.Name, FileVerdict.NotKnown, input.Sha256, null, null);
        if (input.File is not { } file)
        {
            return named with { Reason = "the service alone fetches it" };
        }

        if (input.Sha256 is null)
        {
            return named with { Reason = "the manifest has no hash of it" };
        }

        return IsNoPath(file)
            ? named with { Verdict = FileVerdict.Refused, Reason = "it is no path" }
            : Held(named, Path.GetFullPath(file, folder), input.Bytes, cancellationToken);
    }

    private CheckedFile Output(string job, OutputResult output, string folder, CancellationToken cancellationToken)
    {
        var named = new CheckedFile("output", job, output.File, FileVerdict.Refused, output.Sha256, null, null);
        if (IsNoPath(output.File) || Path.IsPathRooted(output.File) || output.File.Split('/', '\\').Any(static part => part is "" or "." or ".."))
        {
            return named with { Reason = "it would lie outside the manifest's folder" };
        }

        return OutputFolder.LinkIn(folder, output.File) is { } link
            ? named with { Verdict = FileVerdict.Changed, Reason = $"\"{link}\" is a link, and a run writes none" }
            : Held(named, Path.GetFullPath(output.File, folder), output.Bytes, cancellationToken);
    }

    private CheckedFile Held(CheckedFile file, string path, long? bytes, CancellationToken cancellationToken) => hashes.Of(path, bytes, cancellationToken) switch
    {
        // One text for both where they are the same.
        FileState.Hashed { Sha256: var found } when found == file.ExpectedSha256 => file with { Verdict = FileVerdict.Whole, FoundSha256 = file.ExpectedSha256 },
        FileState.Hashed { Sha256: var found } => file with { Verdict = FileVerdict.Changed, FoundSha256 = found },
        FileState.Other other => file with { Verdict = FileVerdict.Changed, Reason = other.Reason },
        FileState.Unreadable unreadable => file with { Verdict = FileVerdict.Unreadable, Reason = unreadable.Reason },
        _ => file with { Verdict = FileVerdict.Missing },
    };

    private static bool IsNoPath(string text) => text.Length == 0 || text.Any(char.IsControl);
}
