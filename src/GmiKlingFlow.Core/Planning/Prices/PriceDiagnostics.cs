using GmiKlingFlow.Core.Diagnostics;

namespace GmiKlingFlow.Core.Planning.Prices;

/// <summary>What is odd about a price that the service names (GKF708x). All warnings: a price never stops a run, only a budget does.</summary>
public static class PriceDiagnostics
{
    /// <param name="counted">What estimates go by instead, in words.</param>
    public static Diagnostic UnitUnknown(string model, string unit, string counted) => Warning("GKF7080",
        $"\"{unit}\" is not a unit that the price of {model} can be counted in. Estimates go by {counted}: look at the service's own price list.");

    /// <param name="price">In words: <c>$0.00 per request</c>.</param>
    public static Diagnostic TooLow(string model, string price, string counted) => Warning("GKF7081",
        $"\"{price}\" for {model} is too little to be believed. Estimates go by {counted}: look at the service's own price list.");

    public static Diagnostic FarAbove(string model, string price, string builtIn) => Warning("GKF7082",
        $"\"{price}\" for {model} is over a hundred times the usual {builtIn}. Estimates and budget go by it: look at the service's own price list.");

    private static Diagnostic Warning(string code, string message) => new(code, Severity.Warning, message, Place: null);
}
