namespace GmiKlingFlow.Runtime.Execution;

/// <summary>One request's place among those in flight: left once, as soon as the service is known to be done with it.</summary>
internal sealed class InFlightPlace(SubmissionGate gate)
{
    private int left;

    public void Leave()
    {
        if (Interlocked.Exchange(ref left, 1) == 0)
        {
            gate.Leave();
        }
    }
}
