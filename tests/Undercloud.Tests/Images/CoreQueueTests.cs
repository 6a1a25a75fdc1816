using Undercloud.Host.Images;

namespace Undercloud.Tests.Images;

public sealed class CoreQueueTests
{
    [Fact]
    public async Task Of_those_that_wait_the_heaviest_goes_first()
    {
        var queue = new CoreQueue(1);
        await queue.EnterAsync(0, CancellationToken.None);
        var light = queue.EnterAsync(1, CancellationToken.None);
        var heavy = queue.EnterAsync(9, CancellationToken.None);
        queue.Leave();
        await heavy;
        Assert.False(light.IsCompleted);
        queue.Leave();
        await light;
    }

    [Fact]
    public async Task One_that_gave_up_takes_no_place()
    {
        var queue = new CoreQueue(1);
        await queue.EnterAsync(0, CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var gone = queue.EnterAsync(9, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        var next = queue.EnterAsync(1, CancellationToken.None);
        queue.Leave();
        await next;
    }
}
