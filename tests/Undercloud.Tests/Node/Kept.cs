namespace Undercloud.Tests.Node;

/// <summary>A way to the servers that is disposed of by whom it is given to; the servers live on.</summary>
internal sealed class Kept(FakeCloud cloud) : HttpMessageHandler
{
    private readonly HttpMessageInvoker _invoker = new(cloud, disposeHandler: false);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop) => _invoker.SendAsync(request, stop);

    protected override void Dispose(bool disposing)
    {
        _invoker.Dispose();
        base.Dispose(disposing);
    }
}
