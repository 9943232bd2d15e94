using System.Reflection;
using Xunit;

namespace GmiKlingFlow.Testing;

/// <summary>Holds a catalogue class (one static method per code) against its stage, and its codes against their explanations.</summary>
public static class CatalogueAssert
{
    /// <summary>Calls every public static method of a catalogue with stand-in arguments.</summary>
    /// <returns>The codes found; never empty, so that a test can't pass by finding nothing.</returns>
    public static IReadOnlyList<string> CodesInStage(Type catalogue, char stage)
    {
        var codes = new List<string>();
        foreach (var method in catalogue.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
        {
            var made = method.Invoke(null, [.. method.GetParameters().Select(p => StandIn(p.ParameterType))]);
            Assert.NotNull(made);
            var code = Assert.IsType<string>(made.GetType().GetProperty("Code")?.GetValue(made));
            var message = Assert.IsType<string>(made.GetType().GetProperty("Message")?.GetValue(made));
            Assert.Matches("^GKF[0-9]{4}$", code);
            Assert.Equal(stage, code[3]);
            Assert.False(string.IsNullOrWhiteSpace(message), $"{code} has no message.");
            codes.Add(code);
        }

        Assert.NotEmpty(codes);
        Assert.Equal(codes.Distinct().Order(StringComparer.Ordinal), codes.Order(StringComparer.Ordinal));
        return codes;
    }

    /// <returns>The codes of a catalogue whose severity is <c>Warning</c>.</returns>
    public static IReadOnlyList<string> CodesThatWarn(Type catalogue) =>
    [
        .. from method in catalogue.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
           let made = method.Invoke(null, [.. method.GetParameters().Select(p => StandIn(p.ParameterType))])
           where made?.GetType().GetProperty("Severity")?.GetValue(made)?.ToString() == "Warning"
           select made?.GetType().GetProperty("Code")?.GetValue(made)?.ToString(),
    ];

    private static object? StandIn(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            _ when type == typeof(string) => "x",
            _ when type == typeof(Uri) => new Uri("https://example.com/x"),
            { IsEnum: true } => Enum.GetValues(type).GetValue(0),
            { IsValueType: true } => Activator.CreateInstance(type),
            { IsArray: true } => Array.CreateInstance(type.GetElementType() ?? typeof(object), 0),
            { IsInterface: true, IsGenericType: true } when type.GetGenericTypeDefinition() != typeof(IReadOnlyDictionary<,>) =>
                Array.CreateInstance(type.GetGenericArguments()[0], 0),
            { IsAbstract: true } => null,
            _ => FromLongestConstructor(type),
        };
    }

    private static object? FromLongestConstructor(Type type)
    {
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).FirstOrDefault();
        return constructor?.Invoke([.. constructor.GetParameters().Select(p => StandIn(p.ParameterType))]);
    }
}
