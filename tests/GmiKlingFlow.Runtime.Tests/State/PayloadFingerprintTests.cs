using System.Text.Json;
using GmiKlingFlow.Runtime.State;
using Xunit;

namespace GmiKlingFlow.Runtime.Tests.State;

public sealed class PayloadFingerprintTests
{
    [Theory]
    [InlineData("""{"a":1,"b":[true,null,"x"]}""", """{ "b": [ true, null, "\u0078" ], "a": 1.0 }""")]
    [InlineData("""{"a":2950}""", """{"a":2.95e3}""")]
    [InlineData("""{"a":2950}""", """{"a":"2950"}""")]
    [InlineData("""{"a":{"c":0.1,"b":0}}""", """{"a":{"b":0.0,"c":1e-1}}""")]
    public void Of_TheSameJsonWrittenDifferently_IsTheSame(string one, string other) => Assert.Equal(Of(one), Of(other));

    [Theory]
    [InlineData("""{"a":1}""", """{"a":"1.5"}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""")]
    [InlineData("""{"a":1}""", """{"a":2}""")]
    [InlineData("""{"a":null}""", """{}""")]
    [InlineData("""{"a":true}""", """{"a":false}""")]
    [InlineData("""{"a":""}""", """{"a":{}}""")]
    public void Of_DifferentJson_Differs(string one, string other) => Assert.NotEqual(Of(one), Of(other));

    private static string Of(string json)
    {
        using var document = JsonDocument.Parse(json);
        return PayloadFingerprint.Of(document.RootElement);
    }
}
