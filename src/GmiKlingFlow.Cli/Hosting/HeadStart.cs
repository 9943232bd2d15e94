using GmiKlingFlow.Core.Rehearsing;

namespace GmiKlingFlow.Cli.Hosting;

/// <summary>
/// Makes ready on a second processor what a command that reads a flow needs soon: more than half of its start is the runtime's own work at the first use of
/// each method and type, and all of it on one thread. A validate of one job takes 1.9 times an empty program instead of 2.2 (tests/Benchmarks, start-up).
/// </summary>
internal static class HeadStart
{
    /// <summary>Nobody waits for it, and the process may end while it runs. On a single processor it would only be in the way.</summary>
    public static void Begin()
    {
        if (Environment.ProcessorCount < 2)
        {
            return;
        }

        try
        {
            new Thread(RunUnseen) { IsBackground = true }.Start();
        }
        catch (OutOfMemoryException)
        {
            // No more threads are allowed here: the command makes its own way.
        }
    }

    /// <summary>What is needed first comes first, but for what is needed at once: there both would only wait for each other.</summary>
    internal static void Run()
    {
        FlowRehearsal.Reading();
        if (!OperatingSystem.IsWindows())
        {
            // Its first use prepares the terminal, which the first word to anybody needs as well.
            _ = Console.Out;
        }

        FlowRehearsal.Checking();
    }

    private static void RunUnseen()
    {
        try
        {
            Run();
        }
        catch (Exception)
        {
            // Whatever it is, the command meets it itself and tells it; a test runs the same where it is seen.
        }
    }
}
