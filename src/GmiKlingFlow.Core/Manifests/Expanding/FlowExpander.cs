using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests.Binding;
using GmiKlingFlow.Core.Manifests.Yaml;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Templating;

namespace GmiKlingFlow.Core.Manifests.Expanding;

/// <summary>A flow's shape to the flow: sources resolved, matrix expanded, templates evaluated. Linear in the number of jobs.</summary>
internal sealed class FlowExpander(IFlowFiles files, AllowedFolders allowed, ManifestFiles manifests, DiagnosticBag diagnostics)
{
    private static readonly TemplateValue.Map?[] NoMatrix = [null];

    /// <param name="multiFace">What templates see in place of the flow's own word; null for that word.</param>
    public Flow Expand(FlowTemplate template, TemplateValue.Map vars, TemplateValue.Map env, MultiFace? multiFace)
    {
        var scopes = new Scopes(vars, env, template.Name?.Value, template.Source.File, template.Run with { MultiFace = multiFace ?? template.Run.MultiFace });
        var resolver = new SourceResolver(files, allowed, diagnostics);
        var values = new ValueReader(diagnostics);
        var sources = new SourceExpander(values, resolver, scopes.OfFlow);
        var videos = Videos(template.Videos, sources, out var wholeVideos);
        var audio = Tracks(template.Audio, sources, out var wholeTracks);
        var named = new NamedSources(videos, audio) { VideosAreKnown = !template.Hidden.Contains("videos"), AudioIsKnown = !template.Hidden.Contains("audio") };
        var entries = new EntryExpander(values, scopes, named, new SoundFiles(resolver));
        var expander = new JobExpander(
            values,
            scopes,
            named,
            entries,
            new SegmentExpander(values, scopes, entries, new SubtitleFiles(files, resolver, manifests, values)),
            new VerbatimExpander(values, scopes, resolver),
            template.Defaults);
        var matrices = new List<MatrixUse>();
        var (jobs, unbuilt) = Jobs(template, scopes, values, expander, matrices);
        return new Flow(
            template.Name?.Value ?? "",
            template.Source.File,
            template.Source.FullPath,
            files.Hashes ? template.Source.Sha256() : null,
            wholeVideos,
            wholeTracks,
            jobs,
            template.Run)
        {
            Unbuilt = unbuilt,
            Matrices = matrices,
        };
    }

    /// <param name="whole">Those without a diagnostic.</param>
    private static Dictionary<string, Video> Videos(IReadOnlyList<VideoTemplate> templates, SourceExpander sources, out Dictionary<string, Video> whole)
    {
        whole = new(templates.Count, StringComparer.Ordinal);
        var all = new Dictionary<string, Video>(templates.Count, StringComparer.Ordinal);
        foreach (var template in templates)
        {
            var video = sources.Video(template);
            all.Add(template.Name, video);
            if (!video.IsIncomplete)
            {
                whole.Add(template.Name, video);
            }
        }

        return all;
    }

    /// <param name="whole">Those without a diagnostic.</param>
    private static Dictionary<string, AudioTrack> Tracks(IReadOnlyList<AudioTemplate> templates, SourceExpander sources, out Dictionary<string, AudioTrack> whole)
    {
        whole = new(templates.Count, StringComparer.Ordinal);
        var all = new Dictionary<string, AudioTrack>(templates.Count, StringComparer.Ordinal);
        foreach (var template in templates)
        {
            var track = sources.Audio(template);
            all.Add(template.Name, track);
            if (!track.IsIncomplete)
            {
                whole.Add(template.Name, track);
            }
        }

        return all;
    }

    private (List<Job> Jobs, List<UnbuiltJob> Unbuilt) Jobs(FlowTemplate template, Scopes scopes, ValueReader values, JobExpander expander, List<MatrixUse> uses)
    {
        var (jobs, unbuilt) = (new List<Job>(), new List<UnbuiltJob>());
        var funnel = new DiagnosticFunnel(diagnostics);
        var matrices = new MatrixExpander(values);
        foreach (var job in template.Jobs)
        {
            values.Diagnostics = diagnostics;
            var rows = job.Matrix is null ? NoMatrix : (IReadOnlyList<TemplateValue.Map?>?)matrices.Rows(job.Matrix, scopes.OfFlow, jobs.Count + unbuilt.Count);
            if (rows is null)
            {
                unbuilt.Add(expander.WithoutRows(job));
                continue;
            }

            if (job.Matrix is { } matrix)
            {
                uses.Add(new MatrixUse(matrix.Place, rows.Count, IsWrittenOut(matrix)));
            }

            values.Diagnostics = new DiagnosticBag();
            for (var i = 0; i < rows.Count; i++)
            {
                var (built, broken) = expander.Expand(job, rows[i], i);
                if (built is not null)
                {
                    jobs.Add(built);
                }
                else if (broken is not null)
                {
                    unbuilt.Add(broken);
                }

                if (values.Diagnostics.Count > 0)
                {
                    funnel.Pour(values.Diagnostics);
                    values.Diagnostics = new DiagnosticBag();
                }
            }
        }

        funnel.Finish();
        return (jobs, unbuilt);
    }

    private static bool IsWrittenOut(Templated value) => value switch
    {
        Templated.List list => list.Items.All(IsWrittenOut),
        Templated.Map map => map.Members.All(static member => IsWrittenOut(member.Value)),
        _ => value is Templated.Fixed,
    };
}
