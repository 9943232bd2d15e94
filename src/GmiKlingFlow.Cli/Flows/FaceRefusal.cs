using GmiKlingFlow.Cli.Hosting;
using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Planning.Choosing;

namespace GmiKlingFlow.Cli.Flows;

/// <summary>Tells a flow that is wrong from one that waits for somebody to look at its faces (product 8, exit 2 and 3).</summary>
internal static class FaceRefusal
{
    public static int ExitCode(DiagnosticBag diagnostics) =>
        diagnostics.All(static found => found.Severity != Severity.Error || found.Code == LockedFaces.DifferenceCode) ? ExitCodes.RefusedBeforeSpending : ExitCodes.WrongInput;
}
