using System.Runtime.InteropServices;

namespace GmiKlingFlow.Cli.Hosting;

/// <summary>Ctrl-C and SIGTERM: the first drains, the second ends the process at once with 130.</summary>
internal sealed class StopSignals : IStopSource
{
    public IStopWatch Watch(Action onFirst, Action onSecond) => new SignalWatch(onFirst, onSecond);

    private sealed class SignalWatch : IStopWatch
    {
        private readonly CancellationTokenSource drain = new();
        private readonly Action onFirst;
        private readonly Action onSecond;
        private readonly PosixSignalRegistration[] registrations;
        private int signals;

        public SignalWatch(Action onFirst, Action onSecond)
        {
            (this.onFirst, this.onSecond) = (onFirst, onSecond);
            registrations =
            [
                PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
                PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
            ];
        }

        public CancellationToken Drain => drain.Token;

        public void Dispose()
        {
            foreach (var registration in registrations)
            {
                registration.Dispose();
            }

            drain.Dispose();
        }

        private void OnSignal(PosixSignalContext context)
        {
            context.Cancel = true;
            if (Interlocked.Increment(ref signals) > 1)
            {
                onSecond();
                Environment.Exit(ExitCodes.Interrupted);
            }

            // The message comes first: cancelling may run continuations on this very thread.
            onFirst();
            drain.Cancel();
        }
    }
}
