using System.Globalization;
using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Runtime.Execution;

/// <summary>Ends of a run that the command line has asked for (GKF90xx, among those of the command line).</summary>
public static class LimitFailures
{
    public static Failure TooMany(int failed, int most) => new(
        "GKF9070",
        most == 1
            ? "A job failed, and \"--fail-fast\" sends nothing new then. What was sent already was followed to its end."
            : string.Create(CultureInfo.InvariantCulture, $"\"{failed}\" jobs failed, and after {most} nothing new is sent (--max-failures). What was sent already was followed to its end."),
        Retryable: true,
        "Run again: what is pending starts then, and nothing that is paid for is sent twice.");
}
