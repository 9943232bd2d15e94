using System.CommandLine;
using GmiKlingFlow.Cli.CommandLine;
using Xunit;

namespace GmiKlingFlow.Cli.Tests.CommandLine;

public sealed class CommandLineProblemsTests
{
    [Fact]
    public void Of_ErrorOfTheParserWithoutWordsOfOurs_IsToldInTheParsersWords()
    {
        var odd = new Argument<string>("odd");
        odd.Validators.Add(static result => result.AddError("Three is no even number."));
        var root = new RootCommand { new Command("count") { odd } };
        string[] words = ["count", "3"];

        var problem = Assert.Single(CommandLineProblems.Of(root.Parse(words), words));

        Assert.Equal(("GKF9024", "The command line can't be understood: Three is no even number."), (problem.Code, problem.Message));
    }
}
