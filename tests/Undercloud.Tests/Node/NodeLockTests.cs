using Undercloud.Host.Agent;

namespace Undercloud.Tests.Node;

public sealed class NodeLockTests : IDisposable
{
    private readonly FakeHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Second_run_learns_who_holds_the_lock()
    {
        using var held = NodeLock.TryAcquire(_host.Layout.LockFile, "undercloud install", out _);
        Assert.NotNull(held);
        Assert.Null(NodeLock.TryAcquire(_host.Layout.LockFile, "undercloud diff", out var holder));
        Assert.Equal($"process {Environment.ProcessId} (undercloud install)", holder);
    }

    [Fact]
    public void Released_lock_can_be_taken_again_even_when_its_file_is_gone()
    {
        using (var first = NodeLock.TryAcquire(_host.Layout.LockFile, "one", out _))
            first!.Remove();
        using var second = NodeLock.TryAcquire(_host.Layout.LockFile, "two", out _);
        Assert.NotNull(second);
    }
}
