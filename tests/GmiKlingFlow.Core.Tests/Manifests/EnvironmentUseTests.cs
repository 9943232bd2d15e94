using Xunit;

namespace GmiKlingFlow.Core.Tests.Manifests;

public sealed class EnvironmentUseTests
{
    [Theory]
    [InlineData("{{ env.BUILD ?? 'none' }}", false)]
    [InlineData("{{ env.BUILD | object.default 'none' }}", false)]
    [InlineData("{{ env.BUILD??'none' }}-{{ env.BUILDER }}", false)]
    [InlineData("{{ env.BUILD }}", true)]
    [InlineData("{{ env.BUILD ?? 'none' }}-{{ env.BUILD }}", true)]
    [InlineData("plain", true)]
    public void Load_UnsetVariable_IsWarnedAboutUnlessItHasADefault(string label, bool isWarned)
    {
        var flow = FlowCase.Of($"env: [BUILD]\n{FlowCase.Job.Replace("    video:", $"    labels: {{ build: \"{label}\" }}\n    video:", StringComparison.Ordinal)}");

        Assert.Equal(isWarned, flow.Codes().Contains("GKF4024"));
    }
}
