using GmiKlingFlow.Core.Diagnostics;
using GmiKlingFlow.Core.Templating;
using YamlDotNet.Core;

namespace GmiKlingFlow.Core.Manifests.Yaml;

/// <summary>A YAML scalar. Knows for every character of its value where in the text that character was written.</summary>
internal sealed class ManifestScalar : ManifestNode
{
    private readonly bool isText;
    private ScalarMap? map;
    private TemplateValue? typed;

    /// <param name="contentStart">Behind anchor and tag.</param>
    /// <param name="isText">True when quotes, a block style or <c>!!str</c> make it text, whatever it looks like.</param>
    public ManifestScalar(ManifestText source, int contentStart, int end, string value, ScalarStyle style, bool isText)
        : base(source, contentStart, end)
    {
        (Value, Style, this.isText) = (value, style, isText);
    }

    /// <summary>The text after YAML's unquoting and folding.</summary>
    public string Value { get; }

    public ScalarStyle Style { get; }

    /// <summary>By the core schema of YAML 1.2.</summary>
    public TemplateValue Typed => typed ??= isText ? new TemplateValue.Text(Value) : CoreSchema.Resolve(Value);

    public bool IsNull => !isText && CoreSchema.IsNull(Value);

    public override string Kind => Typed switch
    {
        TemplateValue.Null => "empty",
        TemplateValue.Bool => "true or false",
        TemplateValue.Integer or TemplateValue.Float => "a number",
        _ => "text",
    };

    /// <summary>Where a piece of the value is written.</summary>
    /// <param name="offset">In <see cref="Value"/>, in UTF-16 units.</param>
    public SourceSpan SpanAt(int offset, int length)
    {
        map ??= ScalarMap.Of(this);
        var (start, end) = map.Range(offset, length);
        return Source.Span(start, end);
    }
}
