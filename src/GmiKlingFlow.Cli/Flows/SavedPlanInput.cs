using System.Security.Cryptography;
using GmiKlingFlow.Cli.CommandLine;
using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Cli.Runs;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Planning;
using GmiKlingFlow.Core.Planning.Saving;

namespace GmiKlingFlow.Cli.Flows;

/// <summary>A saved plan made ready to run: its flow found again, read as it was read then.</summary>
internal sealed record SavedPlanInput(SavedPlan Saved, PlannableFlow Flow, FlowPlanning Planning, ServiceChoice Service, Invocation Invocation)
{
    /// <returns>Null, with the exit code and everything told, when it can't be run.</returns>
    public static async Task<(SavedPlanInput? Input, int ExitCode)> ReadAsync(string path, bool simulate, Invocation invocation, CancellationToken cancellationToken)
    {
        var problems = new DiagnosticBag();
        if (SavedPlan.Read(invocation.Context.FullPath(path), problems) is not { } saved)
        {
            invocation.Tell(problems.Sorted());
            return (null, ExitCodes.WrongInput);
        }

        // The key goes to the service of the command line, never to one that a file names.
        var service = ServiceChoice.Of(invocation, simulate || saved.Origin.Service == Runtime.State.ServiceName.Simulator);
        if (service.AddressProblem() is { } noService)
        {
            invocation.Tell(noService);
            return (null, ExitCodes.WrongInput);
        }

        if (service.Name != saved.Origin.Service)
        {
            return Refused(PlanDiagnostics.PlanOfOtherService(path, saved.Origin.Service, service.Name), invocation);
        }

        if (Folder(saved) is not { } folder)
        {
            return Refused(PlanDiagnostics.PlanFlowMissing(path, saved.FlowFile), invocation);
        }

        var then = AsGiven(saved.Origin, folder, invocation);
        var planning = new FlowPlanning(then, saved.Origin, onlyFailed: false, service);
        if (await planning.ReadAsync([saved.FlowFile], cancellationToken) is not [var flow])
        {
            return Refused(PlanDiagnostics.PlanStale(path, "the flow's text changed"), invocation);
        }

        return (new SavedPlanInput(saved, flow, planning, service, then), ExitCodes.Done);
    }

    private static (SavedPlanInput? Input, int ExitCode) Refused(Diagnostic why, Invocation invocation)
    {
        invocation.Tell([why]);
        invocation.Terminal.Say("Nothing was sent.");
        return (null, ExitCodes.RefusedBeforeSpending);
    }

    /// <summary>The working directory of that time: moved together with the plan, or where it was.</summary>
    private static string? Folder(SavedPlan saved)
    {
        var beside = Path.GetDirectoryName(saved.File) ?? saved.File;
        var candidates = new[] { saved.Origin.FromPlan.Length == 0 ? "" : Path.GetFullPath(saved.Origin.FromPlan, beside), saved.Origin.WorkingDirectory }
            .Where(folder => Path.IsPathFullyQualified(folder) && File.Exists(Path.Combine(folder, saved.FlowFile)))
            .ToList();
        return candidates.Find(folder => Sha256(Path.Combine(folder, saved.FlowFile)) == saved.FlowSha256) ?? candidates.FirstOrDefault();
    }

    private static string? Sha256(string file)
    {
        try
        {
            using var content = File.OpenRead(file);
            return Convert.ToHexStringLower(SHA256.HashData(content));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static Invocation AsGiven(PlanOrigin origin, string folder, Invocation now)
    {
        var context = now.Context with { WorkingDirectory = folder };
        return now with
        {
            Context = context,
            Vars = [.. origin.Vars.Select(CommandLineValues.NameAndValue).OfType<Core.Manifests.VarOverride>()],
            VarFiles = [.. origin.VarFiles.Select(context.FullPath)],
            OutputFolder = origin.Out is { } output ? context.FullPath(output) : null,
            StateFolder = origin.State is { } state ? context.FullPath(state) : null,
        };
    }
}
