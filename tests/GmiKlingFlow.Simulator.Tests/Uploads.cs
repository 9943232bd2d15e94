using System.Net.Http.Headers;
using Xunit;

namespace GmiKlingFlow.Simulator.Tests;

internal static class Uploads
{
    public static async Task<(string Put, string Public)> GrantAsync(Client client, string fileType)
    {
        using var response = await client.PostAsync("/upload-url", $"{{\"file_type\":\"{fileType}\"}}");
        var grant = await Client.JsonAsync(response);
        return (grant.GetProperty("upload_url").GetString() ?? "", grant.GetProperty("public_url").GetString() ?? "");
    }

    public static async Task<HttpResponseMessage> PutAsync(Client client, string url, string? contentType, byte[] bytes, string? key = null)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        var request = new HttpRequestMessage(HttpMethod.Put, url) { Content = content };
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return await client.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static async Task<string> UploadAsync(Client client, string fileType, string contentType, byte[] bytes)
    {
        var (put, url) = await GrantAsync(client, fileType);
        using var response = await PutAsync(client, put, contentType, bytes);
        response.EnsureSuccessStatusCode();
        return url;
    }
}
