namespace GmiKlingFlow.Core.Tests.Planning;

/// <summary>What a YAML text says, without how it is written.</summary>
internal abstract record YamlNode
{
    private YamlNode()
    {
    }

    /// <summary>Members in any order.</summary>
    public sealed record Map(IReadOnlyList<(string Key, YamlNode Value)> Members) : YamlNode;

    public sealed record List(IReadOnlyList<YamlNode> Items) : YamlNode;

    /// <summary>A string in any of YAML's styles; no line breaks.</summary>
    public sealed record Text(string Value) : YamlNode;

    /// <summary>A value with several spellings that mean the same.</summary>
    public sealed record Plain(IReadOnlyList<string> Spellings) : YamlNode;
}
