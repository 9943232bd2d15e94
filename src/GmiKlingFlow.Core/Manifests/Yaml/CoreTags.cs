using GmiKlingFlow.Core.Templating;

namespace GmiKlingFlow.Core.Manifests.Yaml;

/// <summary>YAML's own tags (YAML 1.2, 10.2.1); <c>!!int 5</c> says what is so anyway, <c>!!str 5</c> makes text of a number.</summary>
internal static class CoreTags
{
    public const string Text = "tag:yaml.org,2002:str";
    public const string Map = "tag:yaml.org,2002:map";
    public const string Sequence = "tag:yaml.org,2002:seq";
    private const string Prefix = "tag:yaml.org,2002:";

    /// <summary>Those that a scalar can have.</summary>
    public static readonly IReadOnlySet<string> All = new HashSet<string>(StringComparer.Ordinal)
    {
        Text, $"{Prefix}int", $"{Prefix}float", $"{Prefix}bool", $"{Prefix}null",
    };

    public static bool Fits(string tag, TemplateValue value) => tag[Prefix.Length..] switch
    {
        "int" => value is TemplateValue.Integer,
        "float" => value is TemplateValue.Integer or TemplateValue.Float,
        "bool" => value is TemplateValue.Bool,
        "null" => value is TemplateValue.Null,
        _ => true,
    };

    public static string Shown(string tag) => tag.StartsWith(Prefix, StringComparison.Ordinal) ? $"!!{tag[Prefix.Length..]}" : tag;
}
