using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning;

namespace GmiKlingFlow.Runtime.Results;

/// <summary>Everything that decided a plan, each once: the flow's own files first, then what its jobs use, in their order. Nothing is read again.</summary>
internal sealed class RunInputs
{
    private readonly string folder;
    private readonly List<ResultsInput> inputs = [];
    private readonly HashSet<string> listed = new(StringComparer.Ordinal);
    private readonly Dictionary<MediaSource, string> names = new(ReferenceEqualityComparer.Instance);

    /// <param name="folder">The manifest's, absolute.</param>
    public RunInputs(Plan plan, string folder)
    {
        this.folder = folder;
        foreach (var input in plan.Flow.Inputs)
        {
            Add(input);
        }

        if (plan.Lock?.Input is { } faces)
        {
            Add(faces);
        }

        foreach (var job in plan.Jobs.Where(static job => job.Action != JobAction.Skip).Select(static job => job.Job))
        {
            if (job.Subtitles?.Input is { } subtitles)
            {
                Add(subtitles);
            }

            Add(FlowInputKind.Video, job.Video.Source);
            foreach (var entry in job.Entries)
            {
                if (entry.Sound.Value is Sound.Track { Audio.Source: var source })
                {
                    Add(FlowInputKind.Audio, source);
                }
            }
        }
    }

    public IReadOnlyList<ResultsInput> All => inputs;

    /// <summary>What a job's video is made of: subtitles, video, audio, as <see cref="ResultsInput.Name"/> has them.</summary>
    public IReadOnlyList<string> Of(Job job)
    {
        var used = new List<string>(3);
        if (job.Subtitles?.Input is { } subtitles)
        {
            used.Add(ResultsBook.Relative(folder, subtitles.FullPath));
        }

        used.Add(NameOf(job.Video.Source));
        foreach (var entry in job.Entries)
        {
            if (entry.Sound.Value is Sound.Track { Audio.Source: var source } && NameOf(source) is var name && !used.Contains(name, StringComparer.Ordinal))
            {
                used.Add(name);
            }
        }

        return used;
    }

    /// <returns>The source's <see cref="ResultsInput.Name"/>.</returns>
    public string NameOf(MediaSource source)
    {
        if (!names.TryGetValue(source, out var name))
        {
            names.Add(source, name = source is MediaSource.LocalFile file ? ResultsBook.Relative(folder, file.FullPath) : SentJson.WithoutQuery(source.Shown));
        }

        return name;
    }

    private void Add(FlowInput input)
    {
        var file = ResultsBook.Relative(folder, input.FullPath);
        if (listed.Add(file))
        {
            inputs.Add(new ResultsInput(input.Kind, file, null, input.Sha256, input.Bytes));
        }
    }

    private void Add(FlowInputKind kind, MediaSource source)
    {
        if (!listed.Add(NameOf(source)))
        {
            return;
        }

        inputs.Add(source switch
        {
            MediaSource.LocalFile file => new ResultsInput(kind, NameOf(source), null, file.Sha256, file.Bytes),
            MediaSource.RemoteUrl url => new ResultsInput(kind, null, NameOf(source), null, url.Bytes),
            _ => throw new InvalidOperationException($"A source is a {source.GetType().Name}."),
        });
    }
}
