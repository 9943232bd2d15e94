using System.Runtime.ExceptionServices;

namespace GmiKlingFlow.Runtime.State;

/// <summary>A write that waits to be committed, possibly by another thread together with its own.</summary>
internal abstract class PendingWrite(bool isSynced)
{
    private ExceptionDispatchInfo? failure;

    /// <summary>Whether it has to be on the disk itself when its caller goes on.</summary>
    public bool IsSynced { get; } = isSynced;

    /// <summary>True when it is committed or has failed.</summary>
    public bool IsOver { get; private set; }

    public bool HasFailed => failure is not null;

    /// <summary>Executes it, inside a transaction.</summary>
    public abstract void Execute();

    public void Committed() => IsOver = true;

    public void Failed(Exception why) => (failure, IsOver) = (ExceptionDispatchInfo.Capture(why), true);

    protected void ThrowIfFailed() => failure?.Throw();
}

internal sealed class PendingWrite<T>(Func<T> work, bool isSynced) : PendingWrite(isSynced)
{
    private ValueTuple<T>? result;

    public override void Execute() => result = ValueTuple.Create(work());

    /// <summary>What it came to; throws what it has failed with.</summary>
    public T Result()
    {
        ThrowIfFailed();
        return result is { Item1: var value } ? value : throw new InvalidOperationException("A write was not executed.");
    }
}
