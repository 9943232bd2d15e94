using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Rendering;

namespace GmiKlingFlow.Cli.Checkups;

/// <summary>ffmpeg: previews need it, simulations are better with it, runs do without.</summary>
internal static class FfmpegCheck
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public static async Task<Finding> LookAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var named = invocation.Context.Environment("GKFLOW_FFMPEG");
        if ((named ?? FfmpegProgram.Find("ffmpeg", invocation.Context.Environment("PATH"))) is not { } program || !File.Exists(program))
        {
            var missing = named is null ? CommandLineDiagnostics.FfmpegMissing() : CommandLineDiagnostics.FfmpegNotThere(named);
            return Finding.Of("ffmpeg", missing with { Severity = Severity.Warning }, ExitCodes.Done);
        }

        var ffmpeg = new FfmpegProgram(program, invocation.Context.Time);
        if (await ffmpeg.RunAsync(["-version"], Longest, cancellationToken) is { } reason)
        {
            return Finding.Of("ffmpeg", CommandLineDiagnostics.FfmpegDoesNotRun(program, $"it {reason}"), ExitCodes.Done);
        }

        var ffprobe = FfmpegProgram.Find("ffprobe", invocation.Context.Environment("PATH")) is null ? "; ffprobe is not there, and not needed" : ", ffprobe beside it";
        return Finding.Well("ffmpeg", $"{program} runs{ffprobe}");
    }
}
