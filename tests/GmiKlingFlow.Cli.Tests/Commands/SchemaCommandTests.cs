using System.Text.Json;
using GmiKlingFlow.Cli.Hosting;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.Commands;

public sealed class SchemaCommandTests
{
    [Theory]
    [InlineData("flow")]
    [InlineData("plan")]
    [InlineData("results")]
    [InlineData("flow.v1")]
    public async Task RunAsync_Name_PrintsASchema(string name)
    {
        var result = await new CliRunner(Path.GetTempPath()).RunAsync("schema", name);

        Assert.Equal(ExitCodes.Done, result.ExitCode);
        using var schema = JsonDocument.Parse(result.Output);
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema.RootElement.GetProperty("$schema").GetString());
    }

    [Fact]
    public async Task RunAsync_NoName_ListsTheNames()
    {
        var result = await new CliRunner(Path.GetTempPath()).RunAsync("schema");

        Assert.Equal("diagnostics.v1\nevents.v1\nfaces-lock.v1\nflow.v1\nplan.v1\nresults.v1\n", result.Output);
    }
}
