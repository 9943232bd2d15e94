using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Templating;

/// <summary>A typed value of the template language.</summary>
public abstract record TemplateValue
{
    private TemplateValue()
    {
    }

    public sealed record Null : TemplateValue
    {
        public static readonly Null Instance = new();
    }

    public sealed record Bool(bool Value) : TemplateValue;

    public sealed record Integer(long Value) : TemplateValue;

    public sealed record Float(double Value) : TemplateValue;

    public sealed record Text(string Value) : TemplateValue;

    public sealed record Moment(DateTime Value) : TemplateValue;

    public sealed record Span(TimeSpan Value) : TemplateValue;

    public sealed record List(IReadOnlyList<TemplateValue> Items) : TemplateValue;

    /// <summary>Members in the order they were written.</summary>
    public sealed record Map(IReadOnlyList<KeyValuePair<string, TemplateValue>> Members) : TemplateValue
    {
        private NearestNames? names;

        // What was guessed before is no part of the value.
        public bool Equals(Map? other) => other is not null && ReferenceEquals(Members, other.Members);

        public override int GetHashCode() => Members.GetHashCode();

        /// <returns>The member that a mistyped name probably stands for; null when none is near, or very many were asked for.</returns>
        internal string? Nearest(string name) => (names ??= new NearestNames([.. Members.Select(static member => member.Key)])).Of(name);
    }
}
