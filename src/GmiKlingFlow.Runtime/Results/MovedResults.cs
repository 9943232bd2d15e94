namespace GmiKlingFlow.Runtime.Results;

/// <summary>Results as a manifest in another folder names the same files.</summary>
/// <param name="from">Absolute.</param>
/// <param name="to">Absolute.</param>
internal sealed class MovedResults(string from, string to)
{
    public RunResults Of(RunResults results)
    {
        // A URL stays; what is called by both names is looked up in the inputs.
        var names = results.Inputs.DistinctBy(static input => input.Name).ToDictionary(static input => input.Name, input => input.File is { } file ? Moved(file) : input.Name, StringComparer.Ordinal);
        return results with
        {
            Flow = results.Flow with { File = Moved(results.Flow.File) },
            Inputs = [.. results.Inputs.Select(input => input.File is { } file ? input with { File = Moved(file) } : input)],
            Videos = [.. results.Videos.Select(video => video with { Input = Named(video.Input) })],
            Audio = [.. results.Audio.Select(track => track with { Input = Named(track.Input) })],
            Jobs =
            [
                .. results.Jobs.Select(job => job with
                {
                    Inputs = [.. job.Inputs.Select(Named)],
                    Output = job.Output is { } output ? output with { File = Moved(output.File) } : null,
                }),
            ],
        };

        string Named(string name) => names.GetValueOrDefault(name, name);
    }

    private string Moved(string file) => Path.IsPathRooted(file) ? file : ResultsBook.Relative(to, Path.GetFullPath(file, from));
}
