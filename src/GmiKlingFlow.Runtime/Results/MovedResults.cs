namespace GmiKlingFlow.Runtime.Results;

/// <summary>Results as a manifest in another folder names the same files.</summary>
internal sealed class MovedResults
{
    private readonly string from;
    private readonly string to;
    private readonly RunResults results;
    private readonly Dictionary<string, string> names;

    /// <param name="from">Absolute.</param>
    /// <param name="to">Absolute.</param>
    public MovedResults(RunResults results, string from, string to)
    {
        (this.results, this.from, this.to) = (results, from, to);
        // A URL stays; what is called by both names is looked up in the inputs.
        names = results.Inputs.DistinctBy(static input => input.Name).ToDictionary(static input => input.Name, input => input.File is { } file ? Moved(file) : input.Name, StringComparer.Ordinal);
    }

    public ResultsFlow Flow => results.Flow with { File = Moved(results.Flow.File) };

    public IEnumerable<ResultsInput> Inputs => results.Inputs.Select(input => input.File is { } file ? input with { File = Moved(file) } : input);

    public IEnumerable<VideoResult> Videos => results.Videos.Select(video => video with { Input = Named(video.Input) });

    public IEnumerable<AudioResult> Audio => results.Audio.Select(track => track with { Input = Named(track.Input) });

    public JobResult Job(int index) => results.Jobs[index] is var job && job.Output is { } output
        ? job with { Inputs = Named(job.Inputs), Output = output with { File = Moved(output.File) } }
        : job with { Inputs = Named(job.Inputs) };

    private string[] Named(IReadOnlyList<string> inputs) => [.. inputs.Select(Named)];

    private string Named(string name) => names.GetValueOrDefault(name, name);

    private string Moved(string file) => Path.IsPathRooted(file) ? file : ResultsBook.Relative(to, Path.GetFullPath(file, from));
}
