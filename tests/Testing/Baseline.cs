using System.Runtime.CompilerServices;
using Xunit;

namespace GmiKlingFlow.Testing;

/// <summary>Compares a text with the committed <c>Class.Method.verified.ext</c> beside the test, with the Verify library's file names.</summary>
public static class Baseline
{
    /// <summary>Set to <c>1</c> to accept all received texts; ignored in CI.</summary>
    public const string AcceptVariable = "GKFLOW_ACCEPT_BASELINES";

    /// <param name="caseName">Tells the cases of one test apart; empty for a test with one.</param>
    public static void Match(
        string received,
        string extension = "txt",
        string caseName = "",
        [CallerFilePath] string testFile = "",
        [CallerMemberName] string testMethod = "")
    {
        var name = $"{Path.GetFileNameWithoutExtension(testFile)}.{testMethod}{(caseName.Length == 0 ? "" : $"_{caseName}")}";
        var stem = Path.Combine(Path.GetDirectoryName(testFile) ?? ".", name);
        var (verifiedFile, receivedFile) = ($"{stem}.verified.{extension}", $"{stem}.received.{extension}");
        var actual = Normalise(received);
        if (Environment.GetEnvironmentVariable(AcceptVariable) == "1" && Environment.GetEnvironmentVariable("CI") is null)
        {
            File.WriteAllText(verifiedFile, actual);
        }

        var expected = File.Exists(verifiedFile) ? Normalise(File.ReadAllText(verifiedFile)) : null;
        if (expected == actual)
        {
            File.Delete(receivedFile);
            return;
        }

        File.WriteAllText(receivedFile, actual);
        Assert.Fail($"The text differs from its baseline. Accept it with:\n  mv '{receivedFile}' '{verifiedFile}'\n\nExpected:\n{expected ?? "(no baseline yet)"}\n\nReceived:\n{actual}");
    }

    private static string Normalise(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
}
