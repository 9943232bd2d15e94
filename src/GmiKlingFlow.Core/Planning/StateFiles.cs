namespace GmiKlingFlow.Core.Planning;

/// <summary>What lies in a state's folder: the record of what was paid for.</summary>
public static class StateFiles
{
    /// <summary>Files, and the folder of results in between.</summary>
    public static IReadOnlyList<string> Names { get; } = ["state.db", "state.db-wal", "state.db-shm", "state.db-journal", "intents.log", "run.lock", "passes"];
}
