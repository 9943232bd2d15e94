using GmiKlingFlow.Core.Planning.Keys;
using Xunit;

namespace GmiKlingFlow.Core.Tests.Planning.Keys;

public sealed class UrlIdentityTests
{
    [Theory]
    [InlineData("https://s.example/a.mp4?X-Goog-Algorithm=G&X-Goog-Signature=1&v=2", "https://s.example/a.mp4?v=2")]
    [InlineData("https://s.example/a.mp4?X-Amz-Date=1&X-Amz-Signature=2&versionId=7", "https://s.example/a.mp4?versionId=7")]
    [InlineData("https://s.example/a.mp4?AWSAccessKeyId=k&Expires=1&Signature=2", "https://s.example/a.mp4")]
    [InlineData("https://d.example/a.mp4?Policy=p&Signature=s&Key-Pair-Id=k", "https://d.example/a.mp4")]
    [InlineData("https://b.example/a.mp4?sv=2024&st=1&se=2&sr=b&sp=r&sig=x", "https://b.example/a.mp4")]
    [InlineData("https://f.example/a.mp4?alt=media&token=t", "https://f.example/a.mp4?alt=media")]
    [InlineData("https://s.example/a.mp4?b=2&a=1", "https://s.example/a.mp4?b=2&a=1")]
    [InlineData("https://s.example/a.mp4?se=1&sp=2&Expires=3", "https://s.example/a.mp4?se=1&sp=2&Expires=3")]
    [InlineData("HTTPS://S.Example:443/A.mp4#t=1", "https://s.example/A.mp4")]
    [InlineData("https://user:secret@s.example/a.mp4", "https://s.example/a.mp4")]
    public void Of_Url_KeepsWhatNamesTheContent(string url, string identity) => Assert.Equal(identity, UrlIdentity.Of(new Uri(url)));
}
