using System.Text;
using GmiKlingFlow.Cli.Hosting;

namespace GmiKlingFlow.Cli.Output;

/// <summary>The page that GitHub Actions shows for a job: Markdown, added to the file that <c>GITHUB_STEP_SUMMARY</c> names.</summary>
internal static class StepSummary
{
    // GitHub takes 1 MiB a step and shows nothing at all of more.
    private const int MostBytes = 1024 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Adds a section; nothing where there is no such file or no room. A summary that can't be written is told and changes nothing else.</summary>
    public static void Add(ProgramContext context, Func<string> markdown)
    {
        if (context.Environment("GITHUB_STEP_SUMMARY") is not { } file)
        {
            return;
        }

        try
        {
            var path = context.FullPath(file);
            var before = File.Exists(path) ? new FileInfo(path).Length : 0;
            var section = Utf8.GetBytes($"{markdown().TrimEnd()}\n\n");
            if (before + section.Length > MostBytes)
            {
                context.Terminal.Say("The step summary has no room for this one: GitHub shows 1 MiB a step.");
                return;
            }

            using var summary = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
            summary.Write(section);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            context.Terminal.Say($"The step summary could not be written: {Printable.Line(e.Message)}");
        }
    }
}
