using GmiKlingFlow.Cli.Output;
using GmiKlingFlow.Cli.Output.Runs;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Runtime.Execution;
using GmiKlingFlow.Testing;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Output;

/// <summary>A bound on what an event costs to write, in bytes: more than twice what was measured.</summary>
public sealed class RunEventCostTests
{
    private const int Events = 1000;

    [Fact]
    public void Report_EachEvent_AllocatesLittle()
    {
        var json = new RunEventJson(new Terminal(TextReader.Null, new StreamWriter(Stream.Null), TextWriter.Null, TerminalTraits.Redirected), "launch", new ManualTimeProvider());
        var submitted = new RunEvent.Submitted("job-1", ModelNames.LipSync, "request");
        json.Report(submitted);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Events; i++)
        {
            json.Report(submitted);
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Events, 0, 2048);
    }
}
