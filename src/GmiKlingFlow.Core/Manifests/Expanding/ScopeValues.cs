using System.Collections;
using System.Diagnostics.CodeAnalysis;
using GmiKlingFlow.Core.Templating;

namespace GmiKlingFlow.Core.Manifests.Expanding;

/// <summary>What can be read in one place: up to five names of its own over those that can be read everywhere. Each job makes several, and few are ever read.</summary>
/// <param name="always">Has none of the five.</param>
internal sealed class ScopeValues(
    Dictionary<string, TemplateValue> always, TemplateValue? matrix, TemplateValue? job, TemplateValue? video, TemplateValue? audio, TemplateValue? cue)
    : IReadOnlyDictionary<string, TemplateValue>
{
    private static readonly string[] OwnNames = ["matrix", "job", "video", "audio", "cue"];

    public int Count => Keys.Count();

    public IEnumerable<string> Keys => [.. always.Keys, .. OwnNames.Where(name => Own(name) is not null)];

    public IEnumerable<TemplateValue> Values => Keys.Select(name => this[name]);

    public TemplateValue this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException(key);

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out TemplateValue value)
    {
        value = Own(key);
        return value is not null || always.TryGetValue(key, out value);
    }

    public IEnumerator<KeyValuePair<string, TemplateValue>> GetEnumerator() => Keys.Select(name => KeyValuePair.Create(name, this[name])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private TemplateValue? Own(string name) => name switch
    {
        "matrix" => matrix,
        "job" => job,
        "video" => video,
        "audio" => audio,
        "cue" => cue,
        _ => null,
    };
}
