namespace GmiKlingFlow.Cli.CommandLine;

/// <summary>A command whose help shows how it is used.</summary>
internal interface IHasExamples
{
    IReadOnlyList<Example> Examples { get; }
}

/// <param name="CommandLine">What is typed.</param>
/// <param name="Does">What that does.</param>
internal sealed record Example(string CommandLine, string Does);
