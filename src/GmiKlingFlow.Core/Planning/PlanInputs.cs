using GmiKlingFlow.Core.Model;
using GmiKlingFlow.Core.Planning.Prices;
using GmiKlingFlow.Core.Rules;

namespace GmiKlingFlow.Core.Planning;

/// <summary>What a plan depends on besides the flow: the same flow and inputs give the same plan, byte for byte.</summary>
public sealed record PlanInputs
{
    /// <summary>What earlier runs left behind.</summary>
    public IKnownWork Known { get; init; } = new NoKnownWork();

    public PriceList Prices { get; init; } = PriceList.BuiltIn;

    public KlingLimits Limits { get; init; } = KlingLimits.Current;

    public JobSelection Selection { get; init; } = JobSelection.All;

    /// <summary>True: every local audio file goes inside the request as Base64 instead of being uploaded first.</summary>
    public bool InlineAudio { get; init; }

    /// <summary>The reviewed faces; null where there is no faces lock, and where a run is asked to accept whatever identify finds.</summary>
    public FacesLock? Lock { get; init; }

    /// <summary>Where outputs will lie; null where nobody knows, and then nothing is checked about it.</summary>
    public OutputFolders? Folders { get; init; }
}
