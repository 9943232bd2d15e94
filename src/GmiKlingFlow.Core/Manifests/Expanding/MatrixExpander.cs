using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Manifests.Binding;
using GmiKlingFlow.Core.Templating;

namespace GmiKlingFlow.Core.Manifests.Expanding;

/// <summary>
/// A matrix to its rows, as GitHub Actions does it: the first key varies slowest; <c>exclude</c> removes rows by partial match;
/// <c>include</c> then adds to every row whose original values it does not change, or makes a row of its own.
/// </summary>
internal sealed class MatrixExpander(ValueReader values)
{
    /// <summary>Of one flow.</summary>
    public const int MostJobs = 200_000;

    /// <param name="jobsSoFar">Of the flow, before this matrix.</param>
    /// <returns>Null when a diagnostic was added.</returns>
    public IReadOnlyList<TemplateValue.Map>? Rows(Templated matrix, TemplateScope scope, int jobsSoFar)
    {
        if (values.Value(matrix, scope) is not { } value)
        {
            return null;
        }

        if (value is not TemplateValue.Map map)
        {
            values.Diagnostics.Add(ShapeDiagnostics.WrongKind(matrix.Place, "matrix", "a map of lists", ValueReader.KindOf(value)));
            return null;
        }

        var places = new MatrixPlaces(matrix);
        var axes = Axes(map, places);
        var excludes = Filters(map, "exclude", places);
        var includes = Filters(map, "include", places);
        if (axes is null || excludes is null || includes is null || !ExcludesFit(excludes, axes, places))
        {
            return null;
        }

        var combinations = axes.Count == 0 ? 0 : axes.Aggregate(1L, (product, axis) => Math.Min(product * axis.Values.Count, int.MaxValue));
        if (combinations + includes.Count + jobsSoFar > MostJobs)
        {
            values.Diagnostics.Add(MeaningDiagnostics.TooManyJobs(matrix.Place, combinations + includes.Count + jobsSoFar, MostJobs));
            return null;
        }

        var rows = new MatrixRows(axes, (int)combinations);
        rows.Exclude(excludes);
        rows.Include(includes);
        var expanded = rows.ToMaps();
        if (expanded.Count == 0)
        {
            values.Diagnostics.Add(MeaningDiagnostics.NoRows(matrix.Place));
        }

        return expanded;
    }

    private List<MatrixAxis>? Axes(TemplateValue.Map map, MatrixPlaces places)
    {
        var (axes, isRight) = (new List<MatrixAxis>(), true);
        foreach (var (name, value) in map.Members.Where(m => m.Key is not ("include" or "exclude")))
        {
            if (value is TemplateValue.List { Items.Count: > 0 } list)
            {
                axes.Add(new MatrixAxis(name, list.Items));
                continue;
            }

            isRight = false;
            values.Diagnostics.Add(value is TemplateValue.List
                ? MeaningDiagnostics.EmptyAxis(places.Of(name), name)
                : ShapeDiagnostics.WrongKind(places.Of(name), name, "a list of values", ValueReader.KindOf(value)));
        }

        return isRight ? axes : null;
    }

    private List<TemplateValue.Map>? Filters(TemplateValue.Map map, string key, MatrixPlaces places)
    {
        var value = map.Members.FirstOrDefault(m => m.Key == key).Value;
        if (value is null or TemplateValue.Null)
        {
            return [];
        }

        if (value is not TemplateValue.List list)
        {
            values.Diagnostics.Add(ShapeDiagnostics.WrongKind(places.Of(key), key, "a list of maps", ValueReader.KindOf(value)));
            return null;
        }

        var wrong = list.Items.Select((item, i) => (item, i)).Where(x => x.item is not TemplateValue.Map).ToList();
        foreach (var (item, i) in wrong)
        {
            values.Diagnostics.Add(ShapeDiagnostics.WrongKind(places.Of(key, i), key, "a list of maps", $"{ValueReader.KindOf(item)} in it"));
        }

        return wrong.Count == 0 ? [.. list.Items.OfType<TemplateValue.Map>()] : null;
    }

    private bool ExcludesFit(List<TemplateValue.Map> excludes, List<MatrixAxis> axes, MatrixPlaces places)
    {
        var fits = true;
        foreach (var (exclude, i) in excludes.Select((e, i) => (e, i)))
        {
            foreach (var key in exclude.Members.Select(m => m.Key).Where(k => !axes.Exists(a => a.Name == k)))
            {
                fits = false;
                values.Diagnostics.Add(MeaningDiagnostics.UnknownExcludeKey(places.Of("exclude", i), key, NearestName.Of(key, axes.Select(a => a.Name))));
            }
        }

        return fits;
    }
}

/// <summary>One key of a matrix and its values.</summary>
internal sealed record MatrixAxis(string Name, IReadOnlyList<TemplateValue> Values);

/// <summary>Where the parts of a matrix are written, as far as they are written and not computed.</summary>
internal sealed class MatrixPlaces(Templated matrix)
{
    public Place Of(string key) => Member(key)?.Place ?? matrix.Place;

    public Place Of(string key, int index) => Member(key) is Templated.List list && index < list.Items.Count ? list.Items[index].Place : Of(key);

    private Templated? Member(string key) => (matrix as Templated.Map)?.Members.FirstOrDefault(m => m.Key == key).Value;
}
