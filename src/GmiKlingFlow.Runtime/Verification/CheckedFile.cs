namespace GmiKlingFlow.Runtime.Verification;

/// <summary>What has become of a file that a results manifest names.</summary>
public enum FileVerdict
{
    /// <summary>Byte for byte what it was.</summary>
    Whole,

    Changed,

    Missing,

    /// <summary>It is there and can't be read.</summary>
    Unreadable,

    /// <summary>The manifest names no place where the run can have put it: it is not looked at.</summary>
    Refused,

    /// <summary>There is no hash to hold it against.</summary>
    NotKnown,
}

/// <summary>One file, or URL, held against what a manifest says of it.</summary>
/// <param name="Role">An input's kind (<c>flow</c>, <c>video</c> ...), or <c>output</c>.</param>
/// <param name="Job">The job whose output it is; null for an input.</param>
/// <param name="Name">As the manifest has it.</param>
/// <param name="FoundSha256">Null where it was not hashed.</param>
/// <param name="Reason">A clause, where the verdict alone does not tell; else null.</param>
public sealed record CheckedFile(string Role, string? Job, string Name, FileVerdict Verdict, string? ExpectedSha256, string? FoundSha256, string? Reason);

/// <summary>What became of the files of one manifest.</summary>
/// <param name="Files">Those that were to be listed, in the manifest's order, inputs first.</param>
/// <param name="Counts">Of all.</param>
/// <param name="WithoutOutput">Jobs that were not skipped and made no video.</param>
public sealed record CheckedManifest(IReadOnlyList<CheckedFile> Files, IReadOnlyDictionary<FileVerdict, int> Counts, int WithoutOutput);
