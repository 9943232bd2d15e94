using System.Text.Json;
using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Shards;

namespace GmiKlingFlow.Core.Planning.Saving;

/// <summary>What else than the flow's files decided a plan: kept in a saved plan, so that it can be made again and compared.</summary>
public sealed record PlanOrigin
{
    /// <summary>Each <c>--var</c> as given (<c>name=value</c>), in order.</summary>
    public IReadOnlyList<string> Vars { get; init; } = [];

    /// <summary>Each <c>--var-file</c> as given.</summary>
    public IReadOnlyList<string> VarFiles { get; init; } = [];

    /// <summary>Each <c>--allow-path</c> as given.</summary>
    public IReadOnlyList<string> AllowPaths { get; init; } = [];

    /// <summary><c>--online</c>: what the URLs held when they were looked at decided the plan too.</summary>
    public bool Online { get; init; }

    public IReadOnlyList<string> Select { get; init; } = [];

    public Shard? Shard { get; init; }

    /// <summary>The ids chosen by <c>--only-failed</c>, sorted; null when it was not given.</summary>
    public IReadOnlyList<string>? OnlyJobs { get; init; }

    public int? MaxJobs { get; init; }

    public bool InlineAudio { get; init; }

    /// <summary><c>--multi-face</c>; null for what the flow says.</summary>
    public MultiFace? MultiFace { get; init; }

    /// <summary><c>--out</c> as given; null for the default.</summary>
    public string? Out { get; init; }

    /// <summary><c>--state</c> as given; null for the default.</summary>
    public string? State { get; init; }

    /// <summary>The service whose earlier work the plan counts on, as the state names it.</summary>
    public string Service { get; init; } = "";

    /// <summary>The working directory, absolute: relative paths start there.</summary>
    public string WorkingDirectory { get; init; } = "";

    /// <summary>The working directory as seen from the plan's own folder, with <c>/</c>: for a plan that moves together with its flow.</summary>
    public string FromPlan { get; init; } = "";

    /// <summary>The same choice of jobs again.</summary>
    public JobSelection Selection() => new()
    {
        Select = Select,
        Shard = Shard,
        OnlyJobs = OnlyJobs?.ToHashSet(StringComparer.Ordinal),
        MaxJobs = MaxJobs,
    };

    /// <returns>Null for a word that is none of them.</returns>
    public static MultiFace? ParseMultiFace(string? word) =>
        word == Word(Model.MultiFace.Chain) ? Model.MultiFace.Chain : word == Word(Model.MultiFace.Together) ? Model.MultiFace.Together : null;

    /// <summary>A flow with what the command line says in place of its own.</summary>
    public Flow Over(Flow flow) => MultiFace is { } multiFace ? flow with { Run = flow.Run with { MultiFace = multiFace, IsMultiFaceSaid = true } } : flow;

    private static string Word(MultiFace multiFace) => multiFace == Model.MultiFace.Chain ? "chain" : "together";

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteList(json, "vars", Vars);
        WriteList(json, "var_files", VarFiles);
        WriteList(json, "allow_paths", AllowPaths);
        if (Online)
        {
            json.WriteBoolean("online", true);
        }

        WriteList(json, "select", Select);
        json.WriteString("shard", Shard?.ToString());
        if (OnlyJobs is null)
        {
            json.WriteNull("only_jobs");
        }
        else
        {
            WriteList(json, "only_jobs", OnlyJobs);
        }

        if (MaxJobs is { } maxJobs)
        {
            json.WriteNumber("max_jobs", maxJobs);
        }
        else
        {
            json.WriteNull("max_jobs");
        }

        json.WriteBoolean("inline_audio", InlineAudio);
        if (MultiFace is { } multiFace)
        {
            json.WriteString("multi_face", Word(multiFace));
        }

        json.WriteString("out", Out);
        json.WriteString("state", State);
        json.WriteString("service", Service);
        json.WriteString("working_directory", WorkingDirectory);
        json.WriteString("working_directory_from_plan", FromPlan);
        json.WriteEndObject();
    }

    /// <exception cref="FormatException">The element does not have the shape that <see cref="Write"/> gives it.</exception>
    internal static PlanOrigin Read(JsonElement json)
    {
        try
        {
            return new()
            {
                Vars = ReadList(json, "vars"),
                VarFiles = ReadList(json, "var_files"),
                AllowPaths = ReadList(json, "allow_paths"),
                Online = json.TryGetProperty("online", out var online) && online.GetBoolean(),
                Select = ReadList(json, "select"),
                Shard = Shard.TryParse(json.GetProperty("shard").GetString()),
                OnlyJobs = json.GetProperty("only_jobs").ValueKind == JsonValueKind.Null ? null : ReadList(json, "only_jobs"),
                MaxJobs = json.GetProperty("max_jobs").ValueKind == JsonValueKind.Null ? null : json.GetProperty("max_jobs").GetInt32(),
                InlineAudio = json.GetProperty("inline_audio").GetBoolean(),
                MultiFace = json.TryGetProperty("multi_face", out var multiFace) ? ParseMultiFace(multiFace.GetString()) : null,
                Out = json.GetProperty("out").GetString(),
                State = json.GetProperty("state").GetString(),
                Service = json.GetProperty("service").GetString() ?? "",
                WorkingDirectory = json.GetProperty("working_directory").GetString() ?? "",
                FromPlan = json.GetProperty("working_directory_from_plan").GetString() ?? "",
            };
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException("its \"inputs\" are not those of a saved plan", e);
        }
    }

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<string> items)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStringValue(item);
        }

        json.WriteEndArray();
    }

    private static IReadOnlyList<string> ReadList(JsonElement json, string name) =>
        [.. json.GetProperty(name).EnumerateArray().Select(item => item.GetString() ?? throw new InvalidOperationException($"\"{name}\" holds null."))];
}
