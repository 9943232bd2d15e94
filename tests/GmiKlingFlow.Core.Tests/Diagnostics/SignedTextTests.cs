using GmiKlingFlow.Core.Diagnostics;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Diagnostics;

public sealed class SignedTextTests
{
    [Theory]
    [InlineData("https://h.example.com/a.mp4?v=2&X-Goog-Signature=ab12&x=1", "https://h.example.com/a.mp4?v=2&X-Goog-Signature=…&x=1")]
    [InlineData("\"https://h.example.com/a.mp4?SIG=a%2Fb\" can't be fetched", "\"https://h.example.com/a.mp4?SIG=…\" can't be fetched")]
    [InlineData("https://user:word@h.example.com/a.mp4", "https://…@h.example.com/a.mp4")]
    [InlineData("https://h.example.com/a.mp4?token=t&Policy=p#f", "https://h.example.com/a.mp4?token=…&Policy=…#f")]
    [InlineData("https://h.example.com/a@b?v=2&design=3", "https://h.example.com/a@b?v=2&design=3")]
    [InlineData("sig=3 is no address, me@example.com neither", "sig=3 is no address, me@example.com neither")]
    public void Hidden_Text_LosesWhatSigns(string text, string expected) => Assert.Equal(expected, SignedText.Hidden(text));

    [Fact]
    public void Starred_Line_KeepsItsLength() =>
        Assert.Equal("  a: \"https://****@h/x?sig=*****\" # c", SignedText.Starred("  a: \"https://me:p@h/x?sig=12345\" # c"));
}
