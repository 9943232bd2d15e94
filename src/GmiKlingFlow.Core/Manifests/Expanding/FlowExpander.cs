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
        var videos = template.Videos.ToDictionary(v => v.Name, sources.Video, StringComparer.Ordinal);
        var audio = template.Audio.ToDictionary(a => a.Name, sources.Audio, StringComparer.Ordinal);
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
            videos.Values.Where(static video => !video.IsIncomplete).ToDictionary(static video => video.Name, StringComparer.Ordinal),
            audio.Values.Where(static track => !track.IsIncomplete).ToDictionary(static track => track.Name, StringComparer.Ordinal),
            jobs,
            template.Run)
        {
            Unbuilt = unbuilt,
            Matrices = matrices,
        };
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
