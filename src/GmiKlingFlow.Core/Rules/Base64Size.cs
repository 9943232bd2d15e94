namespace GmiKlingFlow.Core.Rules;

/// <summary>How many bytes a Base64 text stands for.</summary>
public static class Base64Size
{
    /// <param name="text">Without white space.</param>
    public static long Of(string text) => (text.Length / 4L * 3) - (text.EndsWith("==", StringComparison.Ordinal) ? 2 : text.EndsWith('=') ? 1 : 0);
}
