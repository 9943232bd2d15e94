using GmiKlingFlow.Core.Diagnostics;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace GmiKlingFlow.Runtime.State;

/// <summary>SQLite's result codes as failures that say what to do.</summary>
internal static class SqliteFailures
{
    public static Failure Of(SqliteException error, string file)
    {
        var folder = Path.GetDirectoryName(file) ?? file;
        return error.SqliteErrorCode switch
        {
            SQLITE_FULL => StateFailures.DiskFull(folder),
            SQLITE_READONLY or SQLITE_PERM => StateFailures.ReadOnly(folder),
            SQLITE_NOTADB or SQLITE_CORRUPT => StateFailures.NotAState(file),
            SQLITE_BUSY or SQLITE_LOCKED => StateFailures.Unusable(folder, "another program keeps the state file locked"),
            SQLITE_CANTOPEN => StateFailures.Unusable(folder, "the state file can't be opened"),
            SQLITE_IOERR => StateFailures.Unusable(folder, "reading or writing the disk failed"),
            // A table or column that should be there is not: the file is not what its version says.
            SQLITE_ERROR => StateFailures.NotAState(file),
            _ => StateFailures.Unusable(folder, $"SQLite reports error {error.SqliteExtendedErrorCode}"),
        };
    }

    public static Failure Of(Exception error, string folder) => error switch
    {
        UnauthorizedAccessException => StateFailures.ReadOnly(folder),
        IOException { HResult: 28 or unchecked((int)0x80070070) } => StateFailures.DiskFull(folder),
        IOException { HResult: 30 } => StateFailures.ReadOnly(folder),
        _ => StateFailures.Unusable(folder, File.Exists(folder) ? "it is a file, not a folder" : "the folder can't be made or opened"),
    };
}
